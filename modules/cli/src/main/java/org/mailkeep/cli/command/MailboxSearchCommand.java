package org.mailkeep.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.options.MessageOptions;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.export.MessageExport;
import org.mailkeep.engine.history.FoundMessage;
import org.mailkeep.engine.history.History;
import org.mailkeep.engine.history.HistoryQuery;
import org.mailkeep.model.Units;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.repository.pack.ChunkReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Finds messages in all snapshots. */
@Command(
    name = "search",
    description = "Find messages in all snapshots by what their headers say.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "All conditions must hold. WORDS are whole words in any order, in large or",
      "small letters, with or without accents; 'invoic*' is the beginning of one.",
      "Senders and recipients are also found by address, or by '@example.com'.",
      "With --json, one object a line. Exit code 1: nothing was found.",
      "",
      "--export writes the messages themselves, each once, as the last snapshot has it.",
      "",
      "Examples:",
      "  mailkeep mailbox search --from anna@example.com --subject 'invoice 2026'",
      "  mailkeep mailbox search --mailbox bert@example.org --deleted-since 2026-11-20",
      "  mailkeep mailbox search --attachment 'contract pdf' --larger 1M",
      "  mailkeep mailbox search --from bert@example.org --export from-bert.mbox"
    })
public final class MailboxSearchCommand implements Callable<Integer> {

  private static final int LIMIT = 1000;

  private final Terminal terminal;
  private final Cancellation cancellation;
  @Mixin private final RepositoryOptions repository = new RepositoryOptions();
  @Mixin private final MessageOptions messages = new MessageOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Show at most N messages, those that came last (default: 1000).")
  private @Nullable Integer limit;

  @Option(
      names = "--export",
      paramLabel = "FILE",
      description = "Write what is found to FILE (.mbox, .tar, .tar.zst, .zip); - for a pipe.")
  private @Nullable String export;

  @Option(
      names = {"-f", "--format"},
      paramLabel = "tar|tar.zst|zip|mbox",
      description = "What to export, whatever FILE is called.")
  private @Nullable String format;

  @Option(names = "--force", description = "Replace FILE if it is there.")
  private boolean force;

  /** Prints to this terminal; can be stopped. */
  public MailboxSearchCommand(Terminal terminal, Cancellation cancellation) {
    this.terminal = terminal;
    this.cancellation = cancellation;
  }

  @Override
  public Integer call() {
    int most = limit == null ? LIMIT : limit;
    if (most < 1) {
      throw new UsageException("--limit " + most + " shows nothing", "Give 1 or more.");
    }
    messages.check();
    if (export != null) {
      return export(export);
    }
    if (format != null || force) {
      throw new UsageException(
          "--format and --force are about what --export writes", "Add --export FILE.");
    }
    try (OpenHistory open = OpenHistory.open(repository, terminal, output.quiet(), cancellation)) {
      History.Result result = open.history().find(messages.query(open::mailboxes), most);
      result.messages().forEach(this::print);
      if (result.more()) {
        terminal.note("mailkeep: there are more; narrow the search or raise --limit.");
      }
      boolean none = result.messages().isEmpty();
      if (none && !output.quiet()) {
        terminal.note("mailkeep: nothing was found.");
      }
      return open.isIncomplete() ? ExitCode.INCOMPLETE : none ? ExitCode.FAILED : ExitCode.DONE;
    }
  }

  private int export(String file) {
    if (limit != null) {
      throw new UsageException(
          "--export writes all that is found: --limit does not go with it",
          "Leave out --limit, or narrow the search.");
    }
    ArchiveJob job =
        new ArchiveJob(
            terminal, output, file, format, force, "mailkeep mailbox search ... --export -");
    try (OpenHistory open = OpenHistory.open(repository, terminal, output.quiet(), cancellation);
        ChunkReader reader = open.reader()) {
      HistoryQuery query = messages.query(open::mailboxes);
      if (open.history().find(query, 1).messages().isEmpty()) {
        terminal.note("mailkeep: nothing was found, and nothing written.");
        return ExitCode.FAILED;
      }
      int code =
          job.run(
              (wanted, observer, out) ->
                  new MessageExport(open.repository(), reader, observer, cancellation)
                      .run(taker -> open.history().forEach(query, taker), wanted, out));
      return open.isIncomplete() ? ExitCode.INCOMPLETE : code;
    }
  }

  private void print(FoundMessage message) {
    if (output.json()) {
      terminal.line(Json.of(json(message)));
      return;
    }
    terminal.line(
        Units.time(message.date())
            + "  "
            + terminal.name(MessageText.from(message.header()))
            + "  "
            + terminal.name(MessageText.subject(message.header())));
    terminal.line(
        "  "
            + terminal.name(MessageText.mailbox(message.mailbox()))
            + "  "
            + terminal.name(message.place().folderName())
            + (message.place().flags().isEmpty() ? "" : " [" + message.place().flags() + "]")
            + "  "
            + Units.size(message.size())
            + "  "
            + seen(message));
  }

  private static String seen(FoundMessage message) {
    String last =
        "in " + message.last().id().shortForm() + " (" + Units.time(message.last().time()) + ")";
    return message
        .gone()
        .map(gone -> "deleted before " + Units.time(gone.time()) + ", last " + last)
        .orElse(last);
  }

  private static Map<String, Object> json(FoundMessage message) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("date", message.date().toString());
    members.put("delivered", message.delivered().toString());
    MessageText.addHeader(members, message.header());
    members.put("size", message.size());
    members.put("host", message.mailbox().host());
    History.address(message.mailbox()).ifPresent(a -> members.put("mailbox", a));
    members.put("path", message.mailbox().path());
    members.put("name", message.base().text());
    members.putAll(MessageText.json(message.place()));
    members.put("first", MessageText.json(message.first()));
    members.put("last", MessageText.json(message.last()));
    message.gone().ifPresent(gone -> members.put("gone", MessageText.json(gone)));
    return members;
  }
}
