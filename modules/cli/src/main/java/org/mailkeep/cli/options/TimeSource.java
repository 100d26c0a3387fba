package org.mailkeep.cli.options;

import java.time.InstantSource;

/** The clock of one run of the program: the system's, unless it is told. */
public final class TimeSource {

  private static final ScopedValue<InstantSource> GIVEN = ScopedValue.newInstance();

  private TimeSource() {}

  /** Has {@code clock} tell the time to all that the carrier runs in this thread. */
  public static ScopedValue.Carrier of(InstantSource clock) {
    return ScopedValue.where(GIVEN, clock);
  }

  /** The clock. */
  public static InstantSource clock() {
    return GIVEN.isBound() ? GIVEN.get() : InstantSource.system();
  }
}
