package org.mailkeep.cli.output;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.mailkeep.model.RawText;
import org.mailkeep.model.Units;

/**
 * Shows how far a long command is, on a terminal only: what is done of what, the rate, the time
 * left, and what is at hand. Safe for use by many threads.
 */
public final class Progress implements AutoCloseable {

  private static final long PERIOD_MILLIS = 200;

  private final Terminal terminal;
  private volatile Instant start = Instant.now();
  private final AtomicLong files = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong totalFiles = new AtomicLong();
  private final AtomicLong totalBytes = new AtomicLong();
  private volatile String current = "";
  private volatile boolean closed;
  private final Thread thread;

  /** Shows progress unless {@code silent} or nobody watches. */
  public Progress(Terminal terminal, boolean silent) {
    this.terminal = terminal;
    this.thread = Thread.ofVirtual().unstarted(this::run);
    if (!silent && terminal.isWatched()) {
      thread.start();
    }
  }

  /** So much is to be done in all, as far as known. */
  public void total(long fileCount, long byteCount) {
    totalFiles.set(fileCount);
    totalBytes.set(byteCount);
  }

  /** Something else begins, of which so much is to be done. */
  public void begin(String what, long fileCount, long byteCount) {
    start = Instant.now();
    files.set(0);
    bytes.set(0);
    total(fileCount, byteCount);
    current(what);
  }

  /** So much more is done. */
  public void done(long fileCount, long byteCount) {
    files.addAndGet(fileCount);
    bytes.addAndGet(byteCount);
  }

  /** What is at hand. */
  public void current(String what) {
    current = what;
  }

  private void run() {
    try {
      while (!closed) {
        Thread.sleep(PERIOD_MILLIS);
        if (!closed) {
          terminal.status(line());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String line() {
    Duration elapsed = Duration.between(start, Instant.now());
    StringBuilder line = new StringBuilder("[" + Units.duration(elapsed) + "] ");
    long all = totalBytes.get();
    if (all > 0) {
      line.append(Math.min(99, bytes.get() * 100 / all)).append(" %  ");
    }
    line.append(Units.count(files.get(), "file")).append(", ").append(Units.size(bytes.get()));
    line.append(", ").append(Units.rate(bytes.get(), elapsed));
    if (all > bytes.get() && bytes.get() > 0) {
      double left = elapsed.toMillis() * ((double) all / bytes.get() - 1);
      line.append(", ").append(Units.duration(Duration.ofMillis((long) left))).append(" left");
    }
    line.append("  ").append(RawText.display(current));
    int width = terminal.width().orElse(80) - 1;
    return line.length() <= width ? line.toString() : line.substring(0, Math.max(0, width));
  }

  /** Shows no more, so that the summary can be written. */
  public void end() {
    closed = true;
    terminal.clearStatus();
  }

  @Override
  public void close() {
    end();
  }
}
