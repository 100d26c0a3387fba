package org.mailkeep.service.run;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.mailkeep.service.run.Overview.Line;

/**
 * An overview in the text format of Prometheus, version 0.0.4, for the node exporter's text file
 * collector.
 */
public final class Metrics {

  private final StringBuilder text = new StringBuilder();
  private final Overview overview;

  private Metrics(Overview overview) {
    this.overview = overview;
  }

  /** The text. */
  public static String of(Overview overview, Instant now) {
    Metrics metrics = new Metrics(overview);
    metrics.steps(
        "last_begin_timestamp_seconds",
        "When the step was last begun.",
        line -> line.state().memory().begun().map(Metrics::seconds));
    metrics.steps(
        "last_success_timestamp_seconds",
        "When the last one that was done was begun.",
        line -> line.state().memory().done().map(Metrics::seconds));
    metrics.steps(
        "next_timestamp_seconds",
        "When the step is due.",
        line -> Optional.of(seconds(line.due().next())));
    metrics.steps(
        "interval_seconds",
        "How far two are apart.",
        line -> Optional.of(String.valueOf(line.step().schedule().interval().toSeconds())));
    metrics.steps(
        "failures",
        "How often it has failed since it was done.",
        line -> Optional.of(String.valueOf(line.state().memory().failures())));
    metrics.steps(
        "healthy", "1 when nothing is wrong.", line -> Optional.of(line.isBad() ? "0" : "1"));
    metrics.steps(
        "overdue",
        "1 when it has been due for too long.",
        line -> Optional.of(line.overdue() ? "1" : "0"));
    metrics.facts("duration_seconds", "How long the last one took.", "seconds");
    metrics.facts("files", "Files in the newest snapshot.", "files");
    metrics.facts("size_bytes", "Their size.", "bytes");
    metrics.facts("stored_bytes", "What the last one stored.", "storedBytes");
    metrics.facts("unreadable_files", "Files that could not be read.", "unreadableFiles");
    overview
        .size()
        .ifPresent(
            bytes ->
                metrics.single(
                    "repository_bytes", "Size of the repository.", String.valueOf(bytes)));
    metrics.single("written_timestamp_seconds", "When this was written.", seconds(now));
    return metrics.text.toString();
  }

  private void facts(String name, String help, String fact) {
    steps(
        name,
        help,
        line ->
            Optional.ofNullable(line.state().facts().get(fact))
                .filter(value -> value.matches("[0-9]+(\\.[0-9]+)?")));
  }

  private void steps(String name, String help, Function<Line, Optional<String>> value) {
    if (overview.lines().stream().noneMatch(line -> value.apply(line).isPresent())) {
      return;
    }
    head("step_" + name, help);
    for (Line line : overview.lines()) {
      value
          .apply(line)
          .ifPresent(
              number ->
                  text.append(
                      String.format(
                          Locale.ROOT,
                          "mailkeep_step_%s{step=\"%s\",name=\"%s\"} %s%n",
                          name,
                          line.step().kind().word(),
                          line.step().name(),
                          number)));
    }
  }

  private void single(String name, String help, String value) {
    head(name, help);
    text.append("mailkeep_").append(name).append(' ').append(value).append('\n');
  }

  private void head(String name, String help) {
    text.append("# HELP mailkeep_").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE mailkeep_").append(name).append(" gauge\n");
  }

  private static String seconds(Instant time) {
    return String.valueOf(time.getEpochSecond());
  }
}
