package org.mailkeep.service.run;

import java.util.Map;
import java.util.Optional;

/**
 * What became of a step.
 *
 * @param result how it ended
 * @param problem what is wrong, for a person; empty where all is well
 * @param facts what it told: names as its JSON has them, and texts
 */
public record Outcome(Result result, Optional<String> problem, Map<String, String> facts) {

  /** How a step can end. */
  public enum Result {
    /** All was done. */
    DONE,
    /** It was done, but something is left out. */
    INCOMPLETE,
    /** It was not done. */
    FAILED
  }

  /** Copies the map. */
  public Outcome {
    facts = Map.copyOf(facts);
  }

  /** One that was not done. */
  public static Outcome failed(String problem) {
    return new Outcome(Result.FAILED, Optional.of(problem), Map.of());
  }

  /** The same, with one more problem. */
  Outcome with(String more) {
    return new Outcome(
        result, Optional.of(problem.map(text -> text + "; " + more).orElse(more)), facts);
  }

  /** A fact that is a whole number; 0 where it is none. */
  long number(String fact) {
    String text = facts.getOrDefault(fact, "0");
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }
}
