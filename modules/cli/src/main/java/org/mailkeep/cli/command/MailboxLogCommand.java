package org.mailkeep.cli.command;

import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.history.FolderPattern;
import org.mailkeep.engine.history.Happening;
import org.mailkeep.engine.history.History;
import org.mailkeep.engine.history.KnownMailbox;
import org.mailkeep.engine.history.KnownSnapshot;
import org.mailkeep.engine.history.LogEntry;
import org.mailkeep.engine.history.LogQuery;
import org.mailkeep.engine.history.MessagePlace;
import org.mailkeep.engine.history.MessageQuery;
import org.mailkeep.model.Units;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.repository.snapshot.SnapshotQuery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells the story of a mailbox. */
@Command(
    name = "log",
    description = "Tell what happened to the messages of a mailbox, snapshot by snapshot.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "What happened between two snapshots stands under the later one: delivered,",
      "noticed (a mail program has seen it), read, answered, forwarded, flagged,",
      "trashed, drafted, moved, deleted, returned. The messages that the first",
      "snapshot shows are counted, or with -v named. With --json, one object a line.",
      "Exit code 1: nothing of it happened.",
      "",
      "Examples:",
      "  mailkeep mailbox log anna@example.com --since 2026-11-20",
      "  mailkeep mailbox log anna@example.com --message '<1234@example.net>'",
      "  mailkeep mailbox log /home/bert/Maildir --folder Archive/2026"
    })
public final class MailboxLogCommand implements Callable<Integer> {

  private final Terminal terminal;
  private final Cancellation cancellation;
  @Mixin private final RepositoryOptions repository = new RepositoryOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "MAILBOX", description = "user@domain, or the path of a Maildir.")
  private String mailbox = "";

  @Option(
      names = "--message",
      paramLabel = "ID",
      description = "Only the message with this Message-ID.")
  private @Nullable String message;

  @Option(
      names = "--folder",
      paramLabel = "NAME",
      description = "Only what happened in this folder, such as INBOX or Archive/2026.")
  private @Nullable String folder;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only what snapshots from TIME on show, such as 2026-11-20T14:00.")
  private @Nullable String since;

  @Option(names = "--host", paramLabel = "NAME", description = "The mailbox of this machine.")
  private @Nullable String host;

  @Option(
      names = {"-v", "--verbose"},
      description = "Name also the messages that the first snapshot shows.")
  private boolean verbose;

  /** Prints to this terminal; can be stopped. */
  public MailboxLogCommand(Terminal terminal, Cancellation cancellation) {
    this.terminal = terminal;
    this.cancellation = cancellation;
  }

  @Override
  public Integer call() {
    LogQuery query =
        new LogQuery(
            Optional.ofNullable(message).map(MessageQuery::bare),
            Optional.ofNullable(folder).map(FolderPattern::of),
            Optional.ofNullable(since).map(MailboxLogCommand::start));
    try (OpenHistory open = OpenHistory.open(repository, terminal, output.quiet(), cancellation)) {
      Printer printer = new Printer(open.history());
      open.history().tell(meant(open), query, printer::take);
      printer.end();
      if (!printer.any && !output.quiet()) {
        terminal.note("mailkeep: nothing of it happened.");
      }
      return open.isIncomplete()
          ? ExitCode.INCOMPLETE
          : printer.any ? ExitCode.DONE : ExitCode.FAILED;
    }
  }

  private static Instant start(String text) {
    return new SnapshotQuery(ZoneId.systemDefault()).parseStart(text);
  }

  private KnownMailbox meant(OpenHistory open) {
    List<KnownMailbox> all =
        open.mailboxes(mailbox).stream()
            .filter(known -> host == null || known.host().equals(host))
            .toList();
    if (all.isEmpty()) {
      throw new NotFoundException(
          "No snapshot of " + host + " has a mailbox " + mailbox,
          "See which hosts there are with 'mailkeep snapshots'.");
    }
    if (all.size() > 1) {
      throw new UsageException(
          mailbox + " may be one of " + all.size() + " mailboxes",
          "Say which by --host NAME or by the path: "
              + all.stream()
                  .limit(5)
                  .map(known -> known.path() + " of " + known.host())
                  .collect(Collectors.joining(", "))
              + ".");
    }
    return all.getFirst();
  }

  /** Prints entries under the snapshots that show them. */
  private final class Printer {
    private Optional<KnownSnapshot> current = Optional.empty();
    private long found;
    private boolean any;
    private final History history;

    Printer(History history) {
      this.history = history;
    }

    void take(LogEntry entry) {
      any = true;
      if (output.json()) {
        terminal.line(Json.of(json(entry, history.isPresent(entry.snapshot()))));
        return;
      }
      if (!current.equals(Optional.of(entry.snapshot()))) {
        end();
        current = Optional.of(entry.snapshot());
        terminal.line(
            Units.time(entry.snapshot().time())
                + "  snapshot "
                + entry.snapshot().id().shortForm()
                + (history.isPresent(entry.snapshot()) ? "" : ", forgotten since"));
      }
      if (entry.happenings().equals(List.of(Happening.FOUND)) && !verbose && message == null) {
        found++;
      } else {
        terminal.line(text(entry));
      }
    }

    void end() {
      if (found > 0) {
        terminal.line("  found      " + Units.count(found, "message") + " (-v names them)");
        found = 0;
      }
    }
  }

  private String text(LogEntry entry) {
    String words =
        entry.happenings().stream().map(Happening::word).collect(Collectors.joining(", "));
    return String.format("  %-10s %s  ", words, place(entry))
        + terminal.name(MessageText.subject(entry.header()))
        + "  from "
        + terminal.name(MessageText.from(entry.header()));
  }

  private String place(LogEntry entry) {
    Optional<String> before = entry.before().map(this::folder);
    Optional<String> after = entry.after().map(this::folder);
    return before.isEmpty() || after.isEmpty() || before.equals(after)
        ? after.or(() -> before).orElse("")
        : before.get() + " -> " + after.get();
  }

  private String folder(MessagePlace place) {
    return terminal.name(place.folderName());
  }

  private Map<String, Object> json(LogEntry entry, boolean present) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("snapshot", MessageText.json(entry.snapshot()));
    members.put("present", present);
    members.put("events", entry.happenings().stream().map(Happening::word).toList());
    entry.before().ifPresent(place -> members.put("before", MessageText.json(place)));
    entry.after().ifPresent(place -> members.put("after", MessageText.json(place)));
    members.put("name", entry.base().text());
    members.put("date", entry.date().toString());
    members.put("size", entry.size());
    MessageText.addHeader(members, entry.header());
    return members;
  }
}
