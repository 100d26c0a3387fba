package org.mailkeep.service.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.mailkeep.service.config.Configuration;
import org.mailkeep.service.config.Hook;
import org.mailkeep.service.config.Step;
import org.mailkeep.service.run.Outcome.Result;
import org.mailkeep.service.schedule.Due;

/**
 * Does what is due. A step that fails does not stop the others; but while a check says that the
 * repository is damaged, nothing is forgotten and nothing is removed from it.
 */
public final class Run {

  private static final Set<Step.Kind> REMOVING = Set.of(Step.Kind.FORGET, Step.Kind.PRUNE);

  private final Configuration configuration;
  private final Map<String, String> variables;
  private final StateFolder folder;
  private final StepCommands commands;
  private final RunWatch watch;
  private final InstantSource clock;
  private final ZoneId zone;
  private final BooleanSupplier stopped;

  /**
   * @param variables of the environment of every hook
   * @param folder that the caller has locked
   * @param stopped whether the user wants it to end soon
   */
  public Run(
      Configuration configuration,
      Map<String, String> variables,
      StateFolder folder,
      StepCommands commands,
      RunWatch watch,
      InstantSource clock,
      ZoneId zone,
      BooleanSupplier stopped) {
    this.configuration = configuration;
    this.variables = Map.copyOf(variables);
    this.folder = folder;
    this.commands = commands;
    this.watch = watch;
    this.clock = clock;
    this.zone = zone;
    this.stopped = stopped;
  }

  /**
   * A step, and whether it is due.
   *
   * @param step the step
   * @param due what was decided
   */
  public record Decision(Step step, Due due) {}

  /** What is due now, and what is not and why. */
  public static List<Decision> decide(
      Configuration configuration, RunState state, Instant now, ZoneId zone) {
    return configuration.steps().stream()
        .map(
            step ->
                new Decision(
                    step, Due.of(step.schedule(), state.step(step.title()).memory(), now, zone)))
        .toList();
  }

  /**
   * Does what is due, and gives the worst that happened.
   *
   * @param state what is remembered; changed and saved as the run goes on
   */
  public Result execute(RunState state) {
    return execute(state, decision -> decision.due().now() && !isHeld(decision.step(), state));
  }

  /**
   * Does these steps, due or not.
   *
   * @param titles of the steps
   */
  public Result execute(RunState state, Set<String> titles) {
    return execute(state, decision -> titles.contains(decision.step().title()));
  }

  private Result execute(RunState state, Predicate<Decision> wanted) {
    state.keepOnly(configuration.steps().stream().map(Step::title).toList());
    List<Decision> chosen =
        decide(configuration, state, clock.instant(), zone).stream().filter(wanted).toList();
    if (chosen.isEmpty()) {
      return Result.DONE;
    }
    Result worst = steps(chosen, state);
    measure(state);
    folder.save(state);
    return worst;
  }

  private Result steps(List<Decision> due, RunState state) {
    Optional<String> refused = before(Hook.RUN, Hook.RUN);
    Result worst = Result.DONE;
    List<String> problems = new ArrayList<>();
    for (Decision decision : due) {
      if (stopped.getAsBoolean()) {
        break;
      }
      Outcome outcome = step(decision, state, refused);
      outcome.problem().ifPresent(text -> problems.add(decision.step().title() + ": " + text));
      worst = worse(worst, outcome.result());
    }
    Outcome whole =
        new Outcome(
            worst,
            problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems)),
            Map.of());
    List<String> failed = after(Hook.RUN, Hook.RUN, whole);
    failed.forEach(watch::problem);
    return failed.isEmpty() ? worst : worse(worst, Result.FAILED);
  }

  /** Whether a step waits for a check that finds no damage. */
  public static boolean isHeld(Step step, RunState state) {
    return REMOVING.contains(step.kind())
        && "false".equals(state.step(Step.Kind.CHECK.word()).facts().get("sound"));
  }

  private static Result worse(Result a, Result b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  private Outcome step(Decision decision, RunState state, Optional<String> refused) {
    Step step = decision.step();
    Instant begun = clock.instant();
    state.step(step.title(), state.step(step.title()).begun(begun));
    folder.save(state);
    watch.begins(step, decision.due());
    String word = step.kind().word();
    Optional<String> stop = refused.or(() -> before(word, step.name()));
    Outcome outcome = stop.map(Outcome::failed).orElseGet(() -> commands.perform(step));
    if (stopped.getAsBoolean() && outcome.result() == Result.FAILED) {
      // Nobody failed; the next run begins it again.
      return outcome;
    }
    for (String failed : after(word, step.name(), outcome)) {
      outcome = outcome.with(failed);
    }
    state.step(step.title(), state.step(step.title()).ended(begun, outcome));
    folder.save(state);
    watch.ended(step, outcome, Duration.between(begun, clock.instant()));
    boolean hookFailed = outcome.result() == Result.DONE && outcome.problem().isPresent();
    return hookFailed ? new Outcome(Result.FAILED, outcome.problem(), outcome.facts()) : outcome;
  }

  private Optional<String> before(String word, String name) {
    for (Hook hook : configuration.hooks()) {
      if (hook.isFor(Hook.Event.BEFORE, word, name)) {
        Optional<String> failed =
            HookRun.run(hook, facts(word, name, Optional.empty()), watch::hookSays);
        if (failed.isPresent()) {
          return failed;
        }
      }
    }
    return Optional.empty();
  }

  /** Success or failure first, then what comes after in any case. */
  private List<String> after(String word, String name, Outcome outcome) {
    Hook.Event event = outcome.result() == Result.DONE ? Hook.Event.SUCCESS : Hook.Event.FAILURE;
    List<String> failed = new ArrayList<>();
    for (Hook.Event when : List.of(event, Hook.Event.AFTER)) {
      for (Hook hook : configuration.hooks()) {
        if (hook.isFor(when, word, name)) {
          HookRun.run(hook, facts(word, name, Optional.of(outcome)), watch::hookSays)
              .ifPresent(failed::add);
        }
      }
    }
    return failed;
  }

  private Map<String, String> facts(String word, String name, Optional<Outcome> outcome) {
    Map<String, String> all = new TreeMap<>(variables);
    all.putAll(HookRun.variables(word, name, outcome));
    return all;
  }

  /** Once a day, for the growth. */
  private void measure(RunState state) {
    LocalDate today = clock.instant().atZone(zone).toLocalDate();
    if (!state.sizes().containsKey(today) && !stopped.getAsBoolean()) {
      watch.repositorySize().ifPresent(bytes -> state.size(today, bytes));
    }
  }
}
