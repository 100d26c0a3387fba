package org.mailkeep.cli.command;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.browse.ServerTree;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.engine.history.MailboxSummary;
import org.mailkeep.engine.mailbox.SnapshotStore;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.Units;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lists the mailboxes of a snapshot. */
@Command(
    name = "list",
    description = "List the mailboxes of a snapshot: messages, bytes, last change.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A mailbox is any Maildir, named by vpopmail's files or by its path. The last",
      "change is when a message came or went, or got another flag. With --json, one",
      "object a line. Exit code 1: the snapshot has no mailbox.",
      "",
      "Example: mailkeep mailbox list @2026-11-20"
    })
public final class MailboxListCommand implements Callable<Integer> {

  private static final String FORMAT = "%-40s  %7s  %9s  %10s  %s";

  private final Terminal terminal;
  @Mixin private final RepositoryOptions repository = new RepositoryOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Parameters(
      paramLabel = "SNAPSHOT",
      arity = "0..1",
      defaultValue = "latest",
      description = "'latest' (default), the beginning of an id, or @TIME.")
  private String snapshot = "latest";

  /** Prints to this terminal. */
  public MailboxListCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Sum all = new Sum();
    try (OpenSnapshot open = OpenSnapshot.open(repository, snapshot, terminal)) {
      ServerTree server =
          new ServerTree(open.tree(), new ContentReader(open.reader()), RawPath.ROOT);
      MailboxSummary.forEach(
          new SnapshotStore(server),
          mailbox -> {
            all.add(mailbox);
            if (output.json()) {
              terminal.line(Json.of(json(mailbox)));
            } else {
              print(mailbox, all.mailboxes == 1);
            }
          });
    }
    if (!output.json() && !output.quiet()) {
      terminal.note(all.text());
    }
    return all.mailboxes == 0 ? ExitCode.FAILED : ExitCode.DONE;
  }

  private void print(MailboxSummary mailbox, boolean first) {
    if (first) {
      terminal.line(String.format(FORMAT, "Mailbox", "Folders", "Messages", "Size", "Changed"));
    }
    terminal.line(
        String.format(
            FORMAT,
            terminal.name(mailbox.mailbox().name()),
            Units.count(mailbox.folders()),
            Units.count(mailbox.messages()),
            Units.size(mailbox.bytes()),
            mailbox.changed().equals(Instant.MIN) ? "-" : Units.time(mailbox.changed())));
  }

  /** All of them together. */
  private static final class Sum {
    private long mailboxes;
    private long messages;
    private long bytes;

    void add(MailboxSummary mailbox) {
      mailboxes++;
      messages += mailbox.messages();
      bytes += mailbox.bytes();
    }

    String text() {
      if (mailboxes == 0) {
        return "mailkeep: the snapshot has no mailbox.";
      }
      return Units.count(mailboxes)
          + (mailboxes == 1 ? " mailbox, " : " mailboxes, ")
          + Units.count(messages, "message")
          + ", "
          + Units.size(bytes);
    }
  }

  private static Map<String, Object> json(MailboxSummary mailbox) {
    Map<String, Object> members = new LinkedHashMap<>();
    mailbox.mailbox().address().map(Object::toString).ifPresent(a -> members.put("mailbox", a));
    members.put("path", mailbox.mailbox().path());
    members.put("folders", mailbox.folders());
    members.put("messages", mailbox.messages());
    members.put("unseen", mailbox.unseen());
    members.put("bytes", mailbox.bytes());
    if (!mailbox.changed().equals(Instant.MIN)) {
      members.put("changed", mailbox.changed().toString());
    }
    return members;
  }
}
