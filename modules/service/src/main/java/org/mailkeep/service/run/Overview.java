package org.mailkeep.service.run;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.mailkeep.service.config.Configuration;
import org.mailkeep.service.config.Step;
import org.mailkeep.service.schedule.Due;

/**
 * How things are, from what is remembered alone, so that it can be told while the repository is
 * away.
 *
 * @param lines one for each step
 * @param size of the repository in bytes, when it was last looked at
 * @param growth of it within the last week; empty where it is not known
 */
public record Overview(List<Line> lines, Optional<Long> size, Optional<Long> growth) {

  private static final int WEEK_DAYS = 7;

  /**
   * How a step is.
   *
   * @param step the step
   * @param state what is remembered of it
   * @param due when it is due
   * @param overdue whether it has been due for too long
   */
  public record Line(Step step, StepState state, Due due, boolean overdue) {

    /** Whether somebody should look. */
    public boolean isBad() {
      return overdue || state.problem().isPresent();
    }
  }

  /** Copies the list. */
  public Overview {
    lines = List.copyOf(lines);
  }

  /** What is remembered, seen from now. */
  public static Overview of(Configuration configuration, RunState state, Instant now, ZoneId zone) {
    List<Line> lines =
        Run.decide(configuration, state, now, zone).stream()
            .map(
                decision ->
                    new Line(
                        decision.step(),
                        state.step(decision.step().title()),
                        decision.due(),
                        decision.due().isOverdue(decision.step().schedule(), configuration.late())))
            .toList();
    SortedMap<LocalDate, Long> sizes = state.sizes();
    if (sizes.isEmpty()) {
      return new Overview(lines, Optional.empty(), Optional.empty());
    }
    long newest = sizes.getOrDefault(sizes.lastKey(), 0L);
    LocalDate from = sizes.lastKey().minusDays(WEEK_DAYS);
    Optional<Long> growth =
        sizes.size() < 2
            ? Optional.empty()
            : sizes.tailMap(from).values().stream().findFirst().map(old -> newest - old);
    return new Overview(lines, Optional.of(newest), growth);
  }

  /** Whether somebody should look at any. */
  public boolean isBad() {
    return lines.stream().anyMatch(Line::isBad);
  }
}
