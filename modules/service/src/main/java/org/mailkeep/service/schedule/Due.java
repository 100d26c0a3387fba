package org.mailkeep.service.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * Whether a step is due.
 *
 * @param now whether it is due now
 * @param why the reason, for a person
 * @param next when it is due, or was first due
 * @param late for how long it has been due and not done; zero where it is not due
 */
public record Due(boolean now, String why, Instant next, Duration late) {

  /** A clock may be that much behind without having been set back. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(2);

  private static final Duration FIRST_RETRY = Duration.ofMinutes(5);
  private static final Duration LAST_RETRY = Duration.ofHours(1);
  private static final int MOST_DOUBLINGS = 4;

  /** Decides for a step with this schedule and past. */
  public static Due of(Schedule schedule, Memory memory, Instant now, ZoneId zone) {
    if (memory.begun().isEmpty()) {
      return new Due(true, "it was never done", now, Duration.ZERO);
    }
    Instant begun = memory.begun().get();
    if (begun.isAfter(now.plus(CLOCK_TOLERANCE))) {
      return new Due(true, "the clock was set back", now, Duration.ZERO);
    }
    Instant first =
        memory
            .done()
            .filter(done -> !done.isAfter(begun))
            .map(done -> schedule.next(done, zone))
            .orElse(begun);
    Duration late = first.isAfter(now) ? Duration.ZERO : Duration.between(first, now);
    if (memory.failures() > 0) {
      Instant retry = begun.plus(wait(schedule, memory.failures()));
      return new Due(
          !retry.isAfter(now),
          "it failed, " + (memory.failures() == 1 ? "once" : memory.failures() + " times"),
          retry,
          late);
    }
    return new Due(!first.isAfter(now), schedule.toString(), first, late);
  }

  /** Soon at first, for much passes by itself; then seldom, for nobody may be there for days. */
  private static Duration wait(Schedule schedule, int failures) {
    Duration wait = FIRST_RETRY.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
    Duration most =
        schedule.interval().compareTo(LAST_RETRY) < 0 ? schedule.interval() : LAST_RETRY;
    return wait.compareTo(most) < 0 ? wait : most;
  }

  /**
   * Whether it has been due for so long that somebody should look.
   *
   * @param most how long it may be due; half the schedule's interval where that is longer, but
   *     never more than half a day
   */
  public boolean isOverdue(Schedule schedule, Duration most) {
    Duration half = schedule.interval().dividedBy(2);
    Duration limit = half.compareTo(Duration.ofHours(12)) < 0 ? half : Duration.ofHours(12);
    return late.compareTo(most.compareTo(limit) > 0 ? most : limit) > 0;
  }
}
