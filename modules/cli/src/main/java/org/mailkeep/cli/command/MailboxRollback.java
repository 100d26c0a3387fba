package org.mailkeep.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.Version;
import org.mailkeep.cli.options.HostName;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Progress;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.Parallelism;
import org.mailkeep.engine.backup.Backup;
import org.mailkeep.engine.backup.BackupObserver;
import org.mailkeep.engine.backup.BackupSettings;
import org.mailkeep.engine.browse.SnapshotTree;
import org.mailkeep.engine.recover.Rollback;
import org.mailkeep.engine.recover.StoredMailbox;
import org.mailkeep.engine.restore.Plan;
import org.mailkeep.engine.restore.Restore;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.Units;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.repository.block.Effort;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.tree.TreeReader;

/** Makes a mailbox what it was, after a snapshot of what it is. */
record MailboxRollback(
    Terminal terminal,
    OutputOptions output,
    RepositoryOptions options,
    Cancellation cancellation,
    boolean verbose) {

  private static final String TAG = "before-rollback";

  /** So that no backup takes it for the one before it: what a rollback changes raises no alarm. */
  private static final String OPTION = "mailbox recover --rollback";

  /** Where a path leads to, without links. */
  private static RawPath real(RawPath path) {
    try {
      return RawPath.of(Path.of(path.text()).toRealPath().toString());
    } catch (IOException e) {
      throw new NotFoundException(
          "There is no mailbox " + path + " on this host",
          "Name the live mailbox with --maildir DIR, or bring the whole back with 'restore'.",
          e);
    }
  }

  int run(OpenMailbox open, RawPath live, boolean dryRun) {
    long start = System.nanoTime();
    StoredMailbox stored = open.stored();
    RawPath maildir = real(live);
    try (Progress progress = new Progress(terminal, output.quiet() || output.json())) {
      RestoreWatch watch = new RestoreWatch(terminal, progress);
      Rollback rollback =
          new Rollback(
              stored,
              open.snapshot(),
              open.reader(),
              maildir,
              options.ownPaths(),
              watch,
              cancellation);
      rollback.check();
      if (dryRun) {
        PlanOutput plan = new PlanOutput(output, terminal, verbose);
        Plan sums = rollback.restore().dryRun(plan);
        progress.end();
        plan.end(open.snapshot(), sums);
        return sums.refusals().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
      }
      Snapshot before = backup(open, maildir);
      try (ChunkReader reader = OpenSnapshot.reader(open.repository(), open.state(), terminal)) {
        Restore.Report report = rollback.run(new SnapshotTree(before, new TreeReader(reader)));
        progress.end();
        tell(stored, open.snapshot(), before, report, Duration.ofNanos(System.nanoTime() - start));
        return report.problems() + watch.problems() > 0 ? ExitCode.INCOMPLETE : ExitCode.DONE;
      }
    }
  }

  private Snapshot backup(OpenMailbox open, RawPath maildir) {
    BackupSettings settings =
        new BackupSettings(
            List.of(maildir),
            List.of(),
            List.of(),
            List.of(),
            options.ownPaths(),
            false,
            false,
            true,
            List.of(TAG),
            HostName.ofThisMachine(),
            List.of(OPTION),
            Version.text(),
            Parallelism.all(),
            Effort.DEFAULT,
            true);
    Backup backup =
        new Backup(
                open.repository(),
                open.state().database(),
                settings,
                BackupObserver.SILENT,
                cancellation)
            .apart();
    Snapshot before = backup.run(false).snapshot().orElseThrow();
    if (before.manifest().isIncomplete()) {
      throw new RefusedException(
          Units.count(before.manifest().unreadable().count(), "file")
              + " of the mailbox could not be read, and so not be kept",
          "Nothing was changed. See 'mailkeep snapshots', and run it as root.");
    }
    return before;
  }

  private void tell(
      StoredMailbox stored,
      Snapshot snapshot,
      Snapshot before,
      Restore.Report report,
      Duration time) {
    if (output.json()) {
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("mailbox", stored.mailbox().name());
      members.put("snapshot", snapshot.id().toString());
      members.put("before", before.id().toString());
      members.put("restored", report.files());
      members.put("removed", report.removed());
      members.put("problems", report.problems());
      members.put("seconds", time.toMillis() / 1000.0);
      terminal.line(Json.of(members));
    } else if (!output.quiet()) {
      terminal.line(
          stored.mailbox().name()
              + " is again as in snapshot "
              + snapshot.id().shortForm()
              + " of "
              + Units.time(snapshot.manifest().time())
              + ": "
              + Units.count(report.files(), "file")
              + " came back, "
              + Units.count(report.removed())
              + " went, in "
              + Units.duration(time));
      terminal.line(
          "What was there before is kept as snapshot "
              + before.id().shortForm()
              + "; --at "
              + before.id().shortForm()
              + " --rollback goes back to it.");
    }
  }
}
