package org.mailkeep.engine.backup;

import java.util.Optional;
import org.mailkeep.engine.PathPattern;

/** The words with which a manifest says that a pattern of the user's left something out. */
public final class ExclusionReason {

  private static final String BEFORE = "excluded by '";
  private static final String AFTER = "'";

  private ExclusionReason() {}

  /** The reason that this pattern gives. */
  static String of(PathPattern pattern) {
    return BEFORE + pattern + AFTER;
  }

  /** The pattern that gave a reason, if one did. */
  public static Optional<PathPattern> pattern(String reason) {
    return reason.startsWith(BEFORE) && reason.endsWith(AFTER)
        ? Optional.of(
            PathPattern.of(reason.substring(BEFORE.length(), reason.length() - AFTER.length())))
        : Optional.empty();
  }
}
