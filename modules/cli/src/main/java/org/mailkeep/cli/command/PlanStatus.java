package org.mailkeep.cli.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.model.Units;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.service.config.Configuration;
import org.mailkeep.service.run.Metrics;
import org.mailkeep.service.run.Overview;
import org.mailkeep.service.run.Overview.Line;
import org.mailkeep.service.run.StateFolder;
import org.mailkeep.unix.DurableFile;

/** How the steps of the configuration are, from what this host remembers of its runs. */
record PlanStatus(Terminal terminal, Overview overview, Instant now) {

  /** That of the configuration; empty where there is none, or it has no steps. */
  static Optional<PlanStatus> of(RepositoryOptions options, Terminal terminal, Instant now) {
    return watch(options, terminal, () -> now)
        .get()
        .map(overview -> new PlanStatus(terminal, overview, now));
  }

  /** How the configuration's steps are whenever it is asked; empty where there are none. */
  static Supplier<Optional<Overview>> watch(
      RepositoryOptions options, Terminal terminal, InstantSource clock) {
    Optional<Path> file = options.configuration().file();
    if (file.isEmpty()) {
      return Optional::empty;
    }
    Configuration configuration = Configuration.of(options.configuration().settings());
    if (configuration.steps().isEmpty()) {
      return Optional::empty;
    }
    StateFolder folder = StateFolder.of(options.stateDirectory(), file.get());
    return () ->
        Optional.of(
            Overview.of(
                configuration,
                folder.load(text -> terminal.note("mailkeep: " + text)),
                clock.instant(),
                ZoneId.systemDefault()));
  }

  /** Writes the file for Prometheus. */
  void write(Path metrics) {
    try {
      DurableFile.write(
          metrics, Metrics.of(overview, now).getBytes(StandardCharsets.UTF_8), "rw-r--r--");
    } catch (IOException e) {
      throw new StorageException(
          "The metrics " + metrics + " cannot be written: " + e.getMessage(),
          "See that its folder is there and can be written.",
          e);
    }
  }

  /** Prints it. */
  void tell() {
    terminal.line("");
    terminal.line(String.format("%-20s  %-19s  %-19s  %s", "Step", "Last done", "Next", "Plan"));
    for (Line line : overview.lines()) {
      terminal.line(
          String.format(
              "%-20s  %-19s  %-19s  %s%s",
              line.step().title(),
              line.state().memory().done().map(Units::time).orElse("never"),
              line.due().now() ? "now" : Units.time(line.due().next()),
              line.step().schedule(),
              line.overdue() ? "  OVERDUE" : ""));
      line.state()
          .problem()
          .ifPresent(
              problem ->
                  terminal.line(
                      "  FAILED"
                          + line.state()
                              .since()
                              .map(since -> " since " + Units.time(since))
                              .orElse("")
                          + ": "
                          + problem));
    }
    overview
        .size()
        .ifPresent(
            size -> terminal.line("Repository: " + Units.size(size) + growth(overview.growth())));
  }

  private static String growth(Optional<Long> growth) {
    return growth
        .map(more -> ", " + (more < 0 ? "-" : "+") + Units.size(Math.abs(more)) + " within a week")
        .orElse("");
  }

  /** Its members of the JSON. */
  Map<String, Object> json() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("steps", overview.lines().stream().map(PlanStatus::json).toList());
    overview.size().ifPresent(size -> members.put("repositoryBytes", size));
    overview.growth().ifPresent(growth -> members.put("weekGrowthBytes", growth));
    return members;
  }

  private static Map<String, Object> json(Line line) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("step", line.step().kind().word());
    members.put("name", line.step().name());
    members.put("plan", line.step().schedule().toString());
    line.state().memory().begun().ifPresent(time -> members.put("begun", time.toString()));
    line.state().memory().done().ifPresent(time -> members.put("done", time.toString()));
    members.put("next", line.due().next().toString());
    members.put("due", line.due().now());
    members.put("overdue", line.overdue());
    members.put("failures", line.state().memory().failures());
    line.state().problem().ifPresent(problem -> members.put("problem", problem));
    members.put("facts", new TreeMap<>(line.state().facts()));
    return members;
  }
}
