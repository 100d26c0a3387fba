package org.mailkeep.cli.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.options.HostName;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.options.QueryOptions;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.options.WorkingDirectory;
import org.mailkeep.cli.output.Progress;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.engine.history.HeaderReading;
import org.mailkeep.engine.history.MessageQuery;
import org.mailkeep.engine.recover.HeaderFilters;
import org.mailkeep.engine.recover.MessageFilter;
import org.mailkeep.engine.recover.Recover;
import org.mailkeep.engine.recover.RecoverSettings;
import org.mailkeep.engine.recover.StoredMailbox;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives a mailbox back what it has lost. */
@Command(
    name = "recover",
    description = "Put back into a live mailbox the messages that it had once and has no longer.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Mail servers and users may go on meanwhile. A message is missing when no folder",
      "of the mailbox has its file name or its content, so one that was moved, read or",
      "flagged since is not doubled, and a second run adds nothing. Each comes back",
      "under a new name, with the date and flags that it had, as new mail does.",
      "",
      "MAILBOX is user@domain, or the path of a Maildir as the server had it. With a",
      "time, --at takes the newest snapshot up to then that has the mailbox.",
      "Exit code 3: some messages could not be recovered.",
      "",
      "Conditions such as --query and --from are those of 'mailkeep mailbox search':",
      "of all that is missing, only messages for which all of them hold come back.",
      "",
      "--rollback keeps mail that arrives while it works, and gives folders in which",
      "old mail comes back a new UIDVALIDITY, so that mail programs load them anew.",
      "",
      "Examples:",
      "  mailkeep mailbox recover anna@example.com --at '2026-11-20 14:00' --dry-run",
      "  mailkeep mailbox recover anna@example.com --at 2026-11-20 --folder Sent",
      "  mailkeep mailbox recover anna@example.com --at latest --into Recovered.2026-11-20",
      "  mailkeep mailbox recover anna@example.com --at 1f3b --query 'invoice 42'",
      "  mailkeep mailbox recover anna@example.com --at latest --from bert@example.org",
      "  mailkeep mailbox recover anna@example.com --at 2026-11-20 --rollback"
    })
public final class RecoverCommand implements Callable<Integer> {

  private final Terminal terminal;
  private final Cancellation cancellation;
  @Mixin private final RepositoryOptions repository = new RepositoryOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "MAILBOX", description = "Whose messages.")
  private String mailbox = "";

  @Option(
      names = "--at",
      required = true,
      paramLabel = "TIME",
      description =
          "The moment to go back to: a time such as 2026-11-20T14:00 or 2026-11-20 (its end), or"
              + " 'latest' or the beginning of a snapshot's id.")
  private String at = "";

  @Option(
      names = "--folder",
      paramLabel = "NAME",
      description = "Only what was in this folder or below it, such as Archive/2026.")
  private @Nullable String folder;

  @Mixin private final QueryOptions queries = new QueryOptions();

  @Option(
      names = "--message",
      paramLabel = "ID",
      description = "Only the message with this Message-ID, or file name. Repeatable.")
  private List<String> messages = new ArrayList<>();

  @Option(
      names = "--into",
      paramLabel = "NAME",
      description =
          "Put all into this folder, which is made and subscribed to if it is missing; without it"
              + " each message goes back to its own.")
  private @Nullable String into;

  @Option(
      names = "--maildir",
      paramLabel = "DIR",
      description = "The live Maildir, if it is not where the snapshot or users/assign has it.")
  private @Nullable String maildir;

  @Option(
      names = "--rollback",
      description =
          "Make the whole mailbox what it was: what came since is removed, too. A snapshot of what"
              + " is there now is made first.")
  private boolean rollback;

  @Option(
      names = {"-n", "--dry-run"},
      description = "Only list the messages that would come back.")
  private boolean dryRun;

  @Option(
      names = {"-v", "--verbose"},
      description = "List the messages that came back.")
  private boolean verbose;

  /** Stops when asked to. */
  public RecoverCommand(Terminal terminal, Cancellation cancellation) {
    this.terminal = terminal;
    this.cancellation = cancellation;
  }

  @Override
  public Integer call() {
    if (rollback) {
      return rollBack();
    }
    long start = System.nanoTime();
    try (OpenMailbox open = OpenMailbox.open(repository, at, mailbox, false, terminal);
        Progress progress = new Progress(terminal, output.quiet() || output.json())) {
      StoredMailbox stored = open.stored();
      RawPath live = live(open);
      HeaderReading headers = new HeaderReading(open.reader());
      RecoverReport told =
          new RecoverReport(terminal, output, progress, headers, open.snapshot(), dryRun, verbose);
      Recover recover =
          new Recover(
              stored,
              new ContentReader(open.reader()),
              settings(live, filter(open, headers)),
              told,
              cancellation);
      Recover.Report report = dryRun ? recover.dryRun() : recover.run();
      progress.end();
      told.end(stored.mailbox(), live, report, Duration.ofNanos(System.nanoTime() - start));
      return report.problems() > 0 ? ExitCode.INCOMPLETE : ExitCode.DONE;
    }
  }

  private int rollBack() {
    if (folder != null
        || !query().equals(MessageQuery.ALL)
        || into != null
        || !messages.isEmpty()) {
      throw new UsageException(
          "--rollback is about the whole mailbox: --folder, --message, conditions and --into do not go"
              + " with it",
          "Leave them out, or leave out --rollback to bring back only what is missing.");
    }
    try (OpenMailbox open = OpenMailbox.open(repository, at, mailbox, !dryRun, terminal)) {
      return new MailboxRollback(terminal, output, repository, cancellation, verbose)
          .run(open, live(open), dryRun);
    }
  }

  private RawPath live(OpenMailbox open) {
    return maildir == null ? open.livePath() : WorkingDirectory.resolve(maildir);
  }

  private MessageQuery query() {
    return queries.query();
  }

  private MessageFilter filter(OpenMailbox open, HeaderReading headers) {
    HeaderFilters filters = new HeaderFilters(headers);
    MessageFilter filter = messages.isEmpty() ? MessageFilter.ALL : filters.messages(messages);
    MessageQuery query = query();
    if (query.equals(MessageQuery.ALL)) {
      return filter;
    }
    // Where the history knows the mailbox, only what it finds need be read.
    MessageFilter known =
        open.history()
            .names(open.snapshot(), open.stored().mailbox().path(), query)
            .map(HeaderFilters::named)
            .orElse(MessageFilter.ALL);
    return filter.and(known).and(filters.matching(query));
  }

  private RecoverSettings settings(RawPath live, MessageFilter filter) {
    RecoverSettings all = RecoverSettings.all(live, filter, HostName.ofThisMachine());
    RecoverSettings some = folder == null ? all : all.onlyIn(folder);
    return into == null ? some : some.into(into);
  }
}
