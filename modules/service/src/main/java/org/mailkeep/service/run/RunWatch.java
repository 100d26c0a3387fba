package org.mailkeep.service.run;

import java.time.Duration;
import java.util.Optional;
import org.mailkeep.service.config.Step;
import org.mailkeep.service.schedule.Due;

/** Is told what a run does. */
public interface RunWatch {

  /** A step begins. */
  void begins(Step step, Due due);

  /** A step has ended. */
  void ended(Step step, Outcome outcome, Duration time);

  /** A hook printed a line. */
  void hookSays(String line);

  /** Something about the run itself went wrong. */
  void problem(String text);

  /** Somebody was told something. */
  void told(String channel, String subject);

  /** The size of the repository in bytes; empty where it cannot be known now. */
  Optional<Long> repositorySize();
}
