package org.mailkeep.engine.forget;

import java.util.List;
import java.util.Set;
import org.mailkeep.engine.forget.RetentionRules.Grouping;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.snapshot.Manifest;

/**
 * What the snapshots of a group have in common; empty where that does not matter.
 *
 * @param host the machine
 * @param profiles names of profiles
 * @param paths paths that were asked for
 * @param tags words
 */
public record SnapshotGroup(
    String host, List<String> profiles, List<RawPath> paths, List<String> tags)
    implements Comparable<SnapshotGroup> {

  /** Those that the user named, whatever they have in common. */
  public static final SnapshotGroup NAMED = new SnapshotGroup("", List.of(), List.of(), List.of());

  /** Host and paths: what tells the snapshots of one source from others. */
  static final Set<Grouping> SOURCE = Set.of(Grouping.HOST, Grouping.PATHS);

  /** Copies the lists. */
  public SnapshotGroup {
    profiles = List.copyOf(profiles);
    paths = List.copyOf(paths);
    tags = List.copyOf(tags);
  }

  static SnapshotGroup of(Manifest manifest, Set<Grouping> by) {
    boolean byPaths = by.contains(Grouping.PATHS);
    return new SnapshotGroup(
        by.contains(Grouping.HOST) ? manifest.host() : "",
        byPaths
            ? manifest.profiles().stream().map(Manifest.Profile::name).sorted().toList()
            : List.of(),
        byPaths ? manifest.sources().stream().sorted().toList() : List.of(),
        by.contains(Grouping.TAGS) ? manifest.tags().stream().sorted().toList() : List.of());
  }

  @Override
  public int compareTo(SnapshotGroup other) {
    return toString().compareTo(other.toString());
  }
}
