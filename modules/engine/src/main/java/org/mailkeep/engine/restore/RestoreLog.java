package org.mailkeep.engine.restore;

import java.util.concurrent.atomic.LongAdder;
import org.mailkeep.mail.followup.FollowUps;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.tree.Body;

/**
 * Counts what a restore does, and passes on what its observer is told. Safe for use by many
 * threads.
 */
final class RestoreLog {

  private final RestoreObserver observer;
  private final FollowUps followUps = new FollowUps();
  private final LongAdder files = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder mended = new LongAdder();
  private final LongAdder kept = new LongAdder();
  private final LongAdder removed = new LongAdder();
  private final LongAdder verified = new LongAdder();
  private final LongAdder differences = new LongAdder();
  private final LongAdder problems = new LongAdder();

  RestoreLog(RestoreObserver observer) {
    this.observer = observer;
  }

  /** The file was written. */
  void restored(FileJob job) {
    long size = job.entry().size();
    files.increment();
    bytes.add(size);
    observer.restored(1, size);
    followUps.note(job.path(), job.entry().body() instanceof Body.SymbolicLink);
  }

  /** A file got its metadata, and had its content. */
  void mended(long size) {
    mended.increment();
    observer.restored(1, size);
  }

  /** A file stays as it was. */
  void kept(long size) {
    kept.increment();
    observer.restored(1, size);
  }

  /** A file or directory that the snapshot does not have is gone. */
  void removedOne() {
    removed.increment();
  }

  /** A file was compared. */
  void verified(long size) {
    verified.increment();
    observer.verified(1, size);
  }

  /** Something is not in the target as the snapshot has it. */
  void difference(RawPath path, String text) {
    observer.difference(path, text);
    differences.increment();
  }

  void problem(RawPath path, String text) {
    observer.problem(path, text);
    problems.increment();
  }

  void rewritten(RewrittenFile file) {
    observer.rewritten(file);
  }

  long files() {
    return files.sum();
  }

  long bytes() {
    return bytes.sum();
  }

  long mended() {
    return mended.sum();
  }

  long kept() {
    return kept.sum();
  }

  long removed() {
    return removed.sum();
  }

  long verified() {
    return verified.sum();
  }

  long differences() {
    return differences.sum();
  }

  long problemCount() {
    return problems.sum();
  }

  FollowUps followUps() {
    return followUps;
  }
}
