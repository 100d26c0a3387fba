package org.mailkeep.service.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.mailkeep.model.error.UsageException;

/**
 * What a run does.
 *
 * @param steps in their order
 * @param hooks in the order of the file
 * @param notifications who is told
 * @param late for how long a step may be due and not done before somebody is told
 * @param metrics where a file for Prometheus is written
 */
public record Configuration(
    List<Step> steps,
    List<Hook> hooks,
    Notifications notifications,
    Duration late,
    Optional<Path> metrics) {

  /** Copies the lists. */
  public Configuration {
    steps = List.copyOf(steps);
    hooks = List.copyOf(hooks);
  }

  /**
   * What these settings come to.
   *
   * @throws UsageException where they have a mistake
   */
  public static Configuration of(Settings settings) {
    var _ = settings.require();
    Rules rules = new Rules(settings);
    Configuration configuration = rules.configuration();
    if (!rules.mistakes().isEmpty()) {
      Mistake first = rules.mistakes().getFirst();
      throw new UsageException(
          "The configuration "
              + settings.path().map(Path::toString).orElse("")
              + " is wrong: "
              + first,
          first.advice());
    }
    return configuration;
  }
}
