package org.mailkeep.service.run;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.mailkeep.service.schedule.Memory;

/**
 * What is remembered of a step.
 *
 * @param memory when it was begun and done
 * @param problem what is wrong with it; empty where it is well
 * @param since when that began
 * @param facts what the last one that was done told, such as {@code snapshot} and {@code files}
 * @param week what it did since the last summary
 */
public record StepState(
    Memory memory,
    Optional<String> problem,
    Optional<Instant> since,
    Map<String, String> facts,
    Tally week) {

  /** Of a step that was never begun. */
  public static final StepState NONE =
      new StepState(Memory.NONE, Optional.empty(), Optional.empty(), Map.of(), Tally.NONE);

  /**
   * What a step did in some time.
   *
   * @param done how often it was done
   * @param failed how often not
   * @param storedBytes what it stored
   */
  public record Tally(long done, long failed, long storedBytes) {
    static final Tally NONE = new Tally(0, 0, 0);
  }

  /** Copies the map. */
  public StepState {
    facts = Map.copyOf(facts);
  }

  StepState begun(Instant now) {
    return new StepState(
        new Memory(Optional.of(now), memory.done(), memory.failures()),
        problem,
        since,
        facts,
        week);
  }

  /** After a step that was begun at {@code begun} and has ended. */
  StepState ended(Instant begun, Outcome outcome) {
    boolean done = outcome.result() != Outcome.Result.FAILED;
    Map<String, String> known = new TreeMap<>(done ? Map.of() : facts);
    known.putAll(outcome.facts());
    return new StepState(
        new Memory(
            Optional.of(begun),
            done ? Optional.of(begun) : memory.done(),
            done ? 0 : memory.failures() + 1),
        outcome.problem(),
        outcome.problem().isEmpty() ? Optional.empty() : since.or(() -> Optional.of(begun)),
        known,
        new Tally(
            week.done() + (done ? 1 : 0),
            week.failed() + (done ? 0 : 1),
            week.storedBytes() + outcome.number("storedBytes")));
  }

  /** With nothing to sum up. */
  public StepState withoutTally() {
    return new StepState(memory, problem, since, facts, Tally.NONE);
  }
}
