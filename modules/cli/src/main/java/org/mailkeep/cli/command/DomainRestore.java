package org.mailkeep.cli.command;

import java.time.Duration;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.output.Progress;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.move.DomainMove;
import org.mailkeep.engine.move.FileChange;
import org.mailkeep.engine.move.FollowUp;
import org.mailkeep.engine.move.MoveObserver;
import org.mailkeep.engine.move.MoveSettings;
import org.mailkeep.model.RawPath;
import org.mailkeep.unix.Accounts;

/** {@code restore --domain}: moves domains, or says what that would come to. */
final class DomainRestore {

  private final Terminal terminal;
  private final OutputOptions output;
  private final Cancellation cancellation;
  private final DomainReport report;

  DomainRestore(Terminal terminal, OutputOptions output, Cancellation cancellation) {
    this.terminal = terminal;
    this.output = output;
    this.cancellation = cancellation;
    this.report = new DomainReport(terminal);
  }

  int run(OpenSnapshot open, MoveSettings settings, boolean dryRun) {
    long start = System.nanoTime();
    try (Progress progress = new Progress(terminal, output.quiet() || output.json())) {
      DomainMove move =
          new DomainMove(
              open.snapshot(),
              open.reader(),
              settings,
              new Watch(progress),
              cancellation,
              new Accounts());
      if (dryRun) {
        report.tellPlan(open.snapshot(), move.plan(), output);
        return ExitCode.DONE;
      }
      DomainMove.Report done = move.run();
      progress.end();
      Duration time = Duration.ofNanos(System.nanoTime() - start);
      report.tellDone(open.snapshot(), done, time, output);
      return done.problems() > 0 ? ExitCode.INCOMPLETE : ExitCode.DONE;
    }
  }

  /** Passes on what the move tells. */
  private final class Watch implements MoveObserver {
    private final Progress progress;
    private long files;
    private long bytes;

    Watch(Progress progress) {
      this.progress = progress;
    }

    @Override
    public void planned(long moreFiles, long moreBytes) {
      files += moreFiles;
      bytes += moreBytes;
      progress.total(files, bytes);
    }

    @Override
    public void restored(long moreFiles, long moreBytes) {
      progress.done(moreFiles, moreBytes);
    }

    @Override
    public void warning(String text) {
      terminal.note("mailkeep: " + text);
    }

    @Override
    public void problem(RawPath path, String problem) {
      terminal.note("mailkeep: " + path + ": " + problem);
    }

    @Override
    public void changed(FileChange change) {
      report.add(change);
    }

    @Override
    public void done(FollowUp followUp) {
      report.add(followUp);
    }
  }
}
