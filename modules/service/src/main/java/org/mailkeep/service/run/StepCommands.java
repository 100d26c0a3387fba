package org.mailkeep.service.run;

import org.mailkeep.service.config.Step;

/** Runs the commands of steps. */
@FunctionalInterface
public interface StepCommands {

  /** Runs one and says what became of it; what fails is an outcome, too. */
  Outcome perform(Step step);
}
