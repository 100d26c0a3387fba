package org.mailkeep.cli.options;

import java.util.Map;
import java.util.Optional;

/** The environment variables of one run of the program: the process's own, unless it is told. */
public final class Environment {

  private static final ScopedValue<Map<String, String>> GIVEN = ScopedValue.newInstance();

  private Environment() {}

  /**
   * Has {@code variables} stand for the environment of all that the carrier runs in this thread.
   */
  public static ScopedValue.Carrier of(Map<String, String> variables) {
    return ScopedValue.where(GIVEN, Map.copyOf(variables));
  }

  /** All of them, unchangeable. */
  public static Map<String, String> variables() {
    return GIVEN.isBound() ? GIVEN.get() : System.getenv();
  }

  /** One of them; one that is set to nothing counts as not set. */
  public static Optional<String> variable(String name) {
    return Optional.ofNullable(variables().get(name)).filter(value -> !value.isEmpty());
  }
}
