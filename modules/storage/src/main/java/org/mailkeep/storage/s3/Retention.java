package org.mailkeep.storage.s3;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * How long the server keeps each new version of an object from being removed (S3 Object Lock). The
 * bucket must have been made with it.
 *
 * @param mode who may lift it
 * @param days its length from the moment of storing, at least 1
 */
public record Retention(Mode mode, int days) {

  /** Who may lift a retention before its end. */
  public enum Mode {
    /** Whoever has the right s3:BypassGovernanceRetention. */
    GOVERNANCE,
    /** Nobody. */
    COMPLIANCE
  }

  /** Accepts a length of at least one day. */
  public Retention {
    if (days < 1) {
      throw new IllegalArgumentException(days + " days");
    }
  }

  Map<String, String> headers(Instant now) {
    Instant until = now.plus(days, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
    return Map.of(
        "x-amz-object-lock-mode",
        mode.name(),
        "x-amz-object-lock-retain-until-date",
        until.toString());
  }
}
