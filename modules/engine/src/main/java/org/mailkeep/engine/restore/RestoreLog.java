package org.mailkeep.engine.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.mailkeep.model.RawPath;

/** Collects what did not come back as it was, in bounded room. Safe for use by many threads. */
final class RestoreLog {

  private static final int EXAMPLES = 1000;

  /**
   * Something that did not come back as it was.
   *
   * @param path where
   * @param text what happened
   */
  record Problem(RawPath path, String text) {}

  private final RestoreObserver observer;
  private final List<Problem> problems = new ArrayList<>();
  private final LongAdder problemCount = new LongAdder();
  private final LongAdder files = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder skipped = new LongAdder();

  RestoreLog(RestoreObserver observer) {
    this.observer = observer;
  }

  void restored(long size) {
    files.increment();
    bytes.add(size);
    observer.restored(1, size);
  }

  void skipped(long size) {
    skipped.increment();
    observer.restored(1, size);
  }

  void problem(RawPath path, String text) {
    observer.problem(path, text);
    problemCount.increment();
    synchronized (problems) {
      if (problems.size() < EXAMPLES) {
        problems.add(new Problem(path, text));
      }
    }
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

  long skipped() {
    return skipped.sum();
  }

  long problemCount() {
    return problemCount.sum();
  }
}
