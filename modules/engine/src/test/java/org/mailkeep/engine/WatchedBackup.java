package org.mailkeep.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.mailkeep.engine.backup.BackupObserver;
import org.mailkeep.model.RawPath;

/** Writes down what a backup tells, and lets a test step in. */
public final class WatchedBackup implements BackupObserver {

  public final List<String> read = Collections.synchronizedList(new ArrayList<>());
  public final List<String> leftOut = Collections.synchronizedList(new ArrayList<>());
  public final List<String> unreadable = Collections.synchronizedList(new ArrayList<>());
  public final List<String> said = Collections.synchronizedList(new ArrayList<>());
  public final AtomicLong files = new AtomicLong();
  private Consumer<String> onReading = _ -> {};
  private Runnable onEntries = () -> {};

  /** Does this in the thread that is about to read a file, given its path. */
  public WatchedBackup onReading(Consumer<String> action) {
    onReading = action;
    return this;
  }

  /** Does this in the thread that has done some files. */
  public WatchedBackup onEntries(Runnable action) {
    onEntries = action;
    return this;
  }

  @Override
  public void expected(long expectedFiles, long bytes) {}

  @Override
  public void entries(long more, long bytes) {
    files.addAndGet(more);
    onEntries.run();
  }

  @Override
  public void reading(RawPath path) {
    read.add(path.text());
    onReading.accept(path.text());
  }

  @Override
  public void leftOut(RawPath path, String reason) {
    leftOut.add(path.text());
  }

  @Override
  public void unreadable(RawPath path, String problem) {
    unreadable.add(path.text());
  }

  @Override
  public void commandSays(String name, String line) {
    said.add(name + ": " + line);
  }
}
