package org.mailkeep.engine.forget;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which snapshots to keep of each group.
 *
 * @param counts of how many periods, in which there are snapshots, the newest one stays
 * @param within snapshots stay that are not older than this, counted from the newest of the group
 * @param tags snapshots with one of these stay
 * @param groups what snapshots of one group have in common
 * @param allowLast whether the last snapshot of a source may go
 */
public record RetentionRules(
    Map<Period, Integer> counts,
    Optional<Duration> within,
    List<String> tags,
    Set<Grouping> groups,
    boolean allowLast) {

  /** What snapshots can have in common. */
  public enum Grouping {
    /** The machine. */
    HOST,
    /** The paths and profiles that were asked for. */
    PATHS,
    /** All tags. */
    TAGS
  }

  /** Copies the collections. */
  public RetentionRules {
    counts = counts.isEmpty() ? Map.of() : new EnumMap<>(counts);
    tags = List.copyOf(tags);
    groups = Set.copyOf(groups);
  }

  /** Whether nothing is said, so that nothing would stay. */
  public boolean isEmpty() {
    return counts.isEmpty() && within.isEmpty() && tags.isEmpty();
  }
}
