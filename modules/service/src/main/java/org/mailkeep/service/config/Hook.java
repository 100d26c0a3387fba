package org.mailkeep.service.config;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * A command that is run around steps.
 *
 * @param on when
 * @param command for /bin/sh; may hold secrets, so it is not shown
 * @param steps the words of the steps' kinds, or {@code run} for the run as a whole
 * @param names of the steps; empty for all
 * @param timeout after which it is killed
 */
public record Hook(
    Event on, String command, Set<String> steps, Set<String> names, Duration timeout) {

  /** The word for a whole run. */
  public static final String RUN = "run";

  /** When it is run. */
  public enum Event {
    /** First; where it fails the step is not done. */
    BEFORE,
    /** Last, whatever became of the step. */
    AFTER,
    /** After a step that was done. */
    SUCCESS,
    /** After one that failed, or left something out. */
    FAILURE
  }

  /** Copies the sets. */
  public Hook {
    steps = Set.copyOf(steps);
    names = Set.copyOf(names);
  }

  /** Whether it is for a step. */
  public boolean isFor(Event event, String word, String name) {
    return on == event && steps.contains(word) && (names.isEmpty() || names.contains(name));
  }

  /** Does not show the command. */
  @Override
  public String toString() {
    return "hook on " + on.name().toLowerCase(Locale.ROOT);
  }
}
