package org.mailkeep.cli.command;

import java.util.concurrent.atomic.LongAdder;
import org.mailkeep.cli.output.Progress;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.restore.RestoreObserver;
import org.mailkeep.engine.restore.RewrittenFile;
import org.mailkeep.model.RawPath;

/** Passes on what a restore tells while it works. */
final class RestoreWatch implements RestoreObserver {

  private final Terminal terminal;
  private final Progress progress;
  private final RewrittenFiles rewritten = new RewrittenFiles();
  private final LongAdder problems = new LongAdder();

  RestoreWatch(Terminal terminal, Progress progress) {
    this.terminal = terminal;
    this.progress = progress;
  }

  RewrittenFiles rewritten() {
    return rewritten;
  }

  long problems() {
    return problems.sum();
  }

  @Override
  public void planned(long files, long bytes) {
    progress.total(files, bytes);
  }

  @Override
  public void restored(long files, long bytes) {
    progress.done(files, bytes);
  }

  @Override
  public void verifying(long files, long bytes) {
    progress.begin("verifying", files, bytes);
  }

  @Override
  public void verified(long files, long bytes) {
    progress.done(files, bytes);
  }

  @Override
  public void warning(String text) {
    terminal.note("mailkeep: " + text);
  }

  @Override
  public void rewritten(RewrittenFile file) {
    rewritten.add(file);
  }

  @Override
  public void problem(RawPath path, String problem) {
    problems.increment();
    terminal.note("mailkeep: " + path + ": " + problem);
  }

  @Override
  public void difference(RawPath path, String difference) {
    terminal.note("mailkeep: " + path + ": differs: " + difference);
  }
}
