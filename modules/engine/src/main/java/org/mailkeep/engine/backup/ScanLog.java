package org.mailkeep.engine.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.snapshot.Manifest;
import org.mailkeep.model.tree.Entry;

/** Collects what the manifest tells of a scan, in bounded room. Safe for use by many threads. */
final class ScanLog {

  private static final int EXAMPLES = 20;
  private static final int FAILURES = 1000;

  private final BackupObserver observer;
  private final Map<String, LeftOut> leftOut = new TreeMap<>();
  private final List<Manifest.Failure> failures = new ArrayList<>();
  private long failureCount;
  private final Set<Integer> users = ConcurrentHashMap.newKeySet();
  private final Set<Integer> groups = ConcurrentHashMap.newKeySet();
  final LongAdder newFiles = new LongAdder();
  final LongAdder changedFiles = new LongAdder();
  final LongAdder unchangedFiles = new LongAdder();

  private static final class LeftOut {
    private long count;
    private final List<RawPath> examples = new ArrayList<>();
  }

  ScanLog(BackupObserver observer) {
    this.observer = observer;
  }

  void owner(int uid, int gid) {
    users.add(uid);
    groups.add(gid);
  }

  Set<Integer> users() {
    return users;
  }

  Set<Integer> groups() {
    return groups;
  }

  /** Counts files that were taken over without a look at what is in them. */
  void unchanged(long files, long bytes) {
    unchangedFiles.add(files);
    observer.entries(files, bytes);
  }

  /**
   * Counts an entry that was looked at closely. That alone does not make it a changed one: a file
   * written within the clock's grain of the last scan is read again to be sure.
   *
   * @param before what the last run saw under this name
   */
  void examined(Optional<Entry> before, Entry now) {
    if (before.isEmpty()) {
      newFiles.increment();
    } else if (before.get().equals(now)) {
      unchangedFiles.increment();
    } else {
      changedFiles.increment();
    }
  }

  void leftOut(RawPath path, String reason) {
    observer.leftOut(path, reason);
    synchronized (leftOut) {
      LeftOut same = leftOut.computeIfAbsent(reason, _ -> new LeftOut());
      same.count++;
      if (same.examples.size() < EXAMPLES) {
        same.examples.add(path);
      }
    }
  }

  void unreadable(RawPath path, String problem) {
    observer.unreadable(path, problem);
    synchronized (failures) {
      failureCount++;
      if (failures.size() < FAILURES) {
        failures.add(new Manifest.Failure(path, problem));
      }
    }
  }

  List<Manifest.LeftOut> leftOut() {
    synchronized (leftOut) {
      return leftOut.entrySet().stream()
          .map(e -> new Manifest.LeftOut(e.getKey(), e.getValue().count, e.getValue().examples))
          .toList();
    }
  }

  Manifest.Unreadable unreadable() {
    synchronized (failures) {
      return new Manifest.Unreadable(failureCount, failures);
    }
  }
}
