package org.mailkeep.cli.command;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.model.Units;
import org.mailkeep.service.config.Step;
import org.mailkeep.service.run.Outcome;
import org.mailkeep.service.run.RunWatch;
import org.mailkeep.service.schedule.Due;

/** Tells what a run does, as text or as one JSON object for each event. */
record RunOutput(
    Terminal terminal, OutputOptions output, InstantSource clock, Supplier<Optional<Long>> size)
    implements RunWatch {

  @Override
  public void begins(Step step, Due due) {
    if (output.json()) {
      Map<String, Object> members = event("begin", step);
      members.put("why", due.why());
      terminal.line(Json.of(members));
    } else {
      terminal.status(step.title() + " …");
    }
  }

  @Override
  public void ended(Step step, Outcome outcome, Duration time) {
    if (output.json()) {
      Map<String, Object> members = event("end", step);
      members.put("result", outcome.result().name().toLowerCase(Locale.ROOT));
      outcome.problem().ifPresent(problem -> members.put("problem", problem));
      members.put("facts", new TreeMap<>(outcome.facts()));
      terminal.line(Json.of(members));
      return;
    }
    if (outcome.problem().isPresent()) {
      String how = outcome.result() == Outcome.Result.FAILED ? ": FAILED: " : ": ";
      terminal.note(step.title() + how + outcome.problem().get());
    } else if (!output.quiet()) {
      terminal.line(
          step.title() + ": done in " + Units.duration(time) + details(step, outcome.facts()));
    }
  }

  private static String details(Step step, Map<String, String> facts) {
    return switch (step.kind()) {
      case BACKUP ->
          Optional.ofNullable(facts.get("snapshot"))
                  .map(id -> ", snapshot " + id.substring(0, Math.min(8, id.length())))
                  .orElse(", nothing has changed")
              + ", "
              + facts.getOrDefault("newFiles", "?")
              + " new, "
              + facts.getOrDefault("changedFiles", "?")
              + " changed, "
              + size(facts, "storedBytes")
              + " stored";
      case COPY ->
          ", "
              + facts.getOrDefault("copied", "?")
              + " copied, "
              + size(facts, "bytes")
              + " written";
      case CHECK -> ", no damage, " + size(facts, "bytes") + " read";
      case FORGET, PRUNE -> "";
    };
  }

  private static String size(Map<String, String> facts, String name) {
    String text = facts.getOrDefault(name, "");
    return text.matches("[0-9]{1,18}") ? Units.size(Long.parseLong(text)) : "?";
  }

  @Override
  public void hookSays(String line) {
    say("hook", line);
  }

  /** A command printed a line on its standard error. */
  void commandSays(String line) {
    say("command", line);
  }

  private void say(String what, String line) {
    if (output.json()) {
      Map<String, Object> members = event(what);
      members.put("text", line);
      terminal.line(Json.of(members));
    } else {
      terminal.note(line);
    }
  }

  @Override
  public void problem(String text) {
    say("problem", "mailkeep: " + text);
  }

  @Override
  public void told(String channel, String subject) {
    if (output.json()) {
      Map<String, Object> members = event("told");
      members.put("channel", channel);
      members.put("text", subject);
      terminal.line(Json.of(members));
    }
  }

  @Override
  public Optional<Long> repositorySize() {
    return size.get();
  }

  private Map<String, Object> event(String what, Step step) {
    Map<String, Object> members = event(what);
    members.put("step", step.kind().word());
    members.put("name", step.name());
    return members;
  }

  private Map<String, Object> event(String what) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("time", clock.instant().toString());
    members.put("event", what);
    return members;
  }
}
