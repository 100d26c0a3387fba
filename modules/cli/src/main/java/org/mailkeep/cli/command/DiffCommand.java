package org.mailkeep.cli.command;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.options.SnapshotPart;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.browse.SnapshotTree;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.engine.diff.LiveDiff;
import org.mailkeep.engine.diff.LiveEntries;
import org.mailkeep.engine.diff.MessageDiff;
import org.mailkeep.engine.diff.SameContent;
import org.mailkeep.engine.diff.TreeDiff;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.repository.tree.TreeReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells what differs between two snapshots, or a snapshot and the live tree. */
@Command(
    name = "diff",
    description = "Show what differs between two snapshots, or a snapshot and what is there now.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "By file: added, removed, or changed, with what changed: type, content, owner,",
      "mode, time, attributes. A directory's time says nothing, and is not compared.",
      "By message (--messages): added, deleted, moved, or flags changed, each one line.",
      "",
      "--live compares with what stands at the same path now. What a backup leaves out",
      "is no difference. A file of the same size counts as the same unless its time",
      "differs; --content reads and compares each. Nothing but directories is opened",
      "without it, and never a FIFO, socket or device.",
      "",
      "Exit code 0: compared, whether there are differences or not. With --exit-code,",
      "4 where there are any. 1: failed. 3: some of it could not be read.",
      "",
      "Examples:",
      "  mailkeep diff @2026-11-19 @2026-11-20",
      "  mailkeep diff --messages @2026-11-19:/home/anna/Maildir latest:/home/anna/Maildir",
      "  mailkeep diff latest:/var/qmail/control --live --content --exit-code"
    })
public final class DiffCommand implements Callable<Integer> {

  /** There are differences, where that was asked for; as no other code says it. */
  static final int DIFFERENT = 4;

  private final Terminal terminal;
  private final Cancellation cancellation;
  @Mixin private final RepositoryOptions repository = new RepositoryOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Parameters(index = "0", paramLabel = "SNAPSHOT[:/PATH]", description = "The older one.")
  private String first = "";

  @Parameters(
      index = "1",
      paramLabel = "SNAPSHOT[:/PATH]",
      arity = "0..1",
      description = "The newer one.")
  private @Nullable String second;

  @Option(names = "--live", description = "Compare with what is there now.")
  private boolean live;

  @Option(names = "--content", description = "With --live: read and compare contents, too.")
  private boolean content;

  @Option(
      names = {"-m", "--messages"},
      description = "Show messages and what became of them.")
  private boolean messages;

  @Option(names = "--exit-code", description = "End with 4 where there are differences.")
  private boolean exitCode;

  /** Prints to this terminal; can be stopped. */
  public DiffCommand(Terminal terminal, Cancellation cancellation) {
    this.terminal = terminal;
    this.cancellation = cancellation;
  }

  @Override
  public Integer call() {
    check();
    try (OpenSnapshot open =
            OpenSnapshot.open(repository, SnapshotPart.parse(first).snapshot(), terminal);
        DiffOutput told = told(open)) {
      if (live) {
        compareLive(open, told);
      } else {
        compareSnapshots(open, told);
      }
      told.finish();
      if (told.isIncomplete()) {
        return ExitCode.INCOMPLETE;
      }
      return exitCode && told.isDifferent() ? DIFFERENT : ExitCode.DONE;
    }
  }

  private void check() {
    if (live == (second != null)) {
      throw new UsageException(
          live ? "--live takes one snapshot" : "There is nothing to compare it with",
          "Name two snapshots, or one and --live.");
    }
    if (content && !live) {
      throw new UsageException(
          "--content is for --live", "The contents of two snapshots are always compared.");
    }
  }

  private DiffOutput told(OpenSnapshot open) {
    Optional<SameContent> same =
        live ? Optional.empty() : Optional.of(new SameContent(new ContentReader(open.reader())));
    Optional<MessageDiff> byMessage =
        messages
            ? Optional.of(
                new MessageDiff(live ? MessageDiff.Identity.NAME : MessageDiff.Identity.CONTENT))
            : Optional.empty();
    return new DiffOutput(terminal, output, same, byMessage);
  }

  private void compareLive(OpenSnapshot open, DiffOutput told) {
    SnapshotTree.Found found = open.tree().require(SnapshotPart.parse(first).path());
    Optional<ContentReader> contents =
        content ? Optional.of(new ContentReader(open.reader())) : Optional.empty();
    new LiveDiff(
            open.snapshot(),
            new TreeReader(open.reader()),
            new LiveEntries(contents),
            repository.ownPaths(),
            told,
            cancellation)
        .compare(found);
  }

  private void compareSnapshots(OpenSnapshot open, DiffOutput told) {
    SnapshotPart before = SnapshotPart.parse(first);
    SnapshotPart after = SnapshotPart.parse(second == null ? "" : second);
    SnapshotTree.Found was = open.tree().require(before.path());
    SnapshotTree other = open.tree(after.snapshot(), terminal);
    // What is below counts, not where the two stand: a moved folder can be compared with itself.
    Entry is = other.require(after.path()).entry();
    new TreeDiff(new TreeReader(open.reader()), told, cancellation)
        .compare(after.path(), Optional.of(was.entry()), Optional.of(is));
  }
}
