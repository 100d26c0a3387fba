package org.mailkeep.engine.ingest;

import java.util.ArrayList;
import java.util.List;
import org.mailkeep.engine.archive.ArchiveObserver;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.snapshot.Manifest;

/** Collects what of an archive did not come along, in bounded room, and passes it on. */
public final class SkippedMembers implements ArchiveObserver {

  private static final int MOST = 1000;

  private final RawPath root;
  private final ArchiveObserver observer;
  private final List<Manifest.Failure> failures = new ArrayList<>();
  private long count;

  /**
   * @param root the directory that the archive's members stand in
   * @param observer is told the same
   */
  public SkippedMembers(RawPath root, ArchiveObserver observer) {
    this.root = root;
    this.observer = observer;
  }

  @Override
  public void skipped(RawPath path, String problem) {
    count++;
    RawPath there = root.resolve(path);
    if (failures.size() < MOST) {
      failures.add(new Manifest.Failure(there, problem));
    }
    observer.skipped(there, problem);
  }

  @Override
  public void note(String text) {
    observer.note(text);
  }

  Manifest.Unreadable unreadable() {
    return new Manifest.Unreadable(count, failures);
  }
}
