package org.mailkeep.engine.restore;

import java.util.List;
import org.mailkeep.engine.PathPattern;
import org.mailkeep.model.RawPath;

/** Which paths of a snapshot are wanted. */
final class Selection {

  private final RawPath part;
  private final List<PathPattern> include;
  private final List<PathPattern> exclude;

  Selection(RestoreSettings settings) {
    this.part = settings.part();
    this.include = settings.include();
    this.exclude = settings.exclude();
  }

  /** Whether this path leads to the part that is wanted, or is in it. */
  boolean mayContain(RawPath path) {
    return (part.startsWith(path) || path.startsWith(part)) && !isExcluded(path);
  }

  /**
   * Whether this path itself is wanted.
   *
   * @param above whether a directory above it was wanted with all below it
   */
  boolean wants(RawPath path, boolean above) {
    return path.startsWith(part)
        && (above || include.isEmpty() || include.stream().anyMatch(p -> p.matches(path)));
  }

  private boolean isExcluded(RawPath path) {
    return exclude.stream().anyMatch(pattern -> pattern.matches(path));
  }
}
