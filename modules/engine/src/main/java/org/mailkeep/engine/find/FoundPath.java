package org.mailkeep.engine.find;

import java.util.List;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.repository.snapshot.Snapshot;

/**
 * A path that was looked for, and what it was.
 *
 * @param path the absolute path
 * @param versions what differs in type, metadata or content, the one that was first seen first
 */
public record FoundPath(RawPath path, List<Version> versions) {

  /** Copies the list. */
  public FoundPath {
    versions = List.copyOf(versions);
  }

  /** The version that was seen last. */
  public Version newest() {
    return versions.stream()
        .reduce((a, b) -> b.lastPlace > a.lastPlace ? b : a)
        .orElseThrow(() -> new IllegalStateException("a path without versions"));
  }

  /**
   * What a path was in some snapshots. Directories that differ only in what they hold count as one.
   *
   * @param entry what it was, as the first of them has it
   * @param snapshots in how many snapshots
   * @param first the oldest of them
   * @param last the newest of them
   * @param lastPlace the place of the newest among all snapshots searched, from 0
   */
  public record Version(Entry entry, int snapshots, Snapshot first, Snapshot last, int lastPlace) {}
}
