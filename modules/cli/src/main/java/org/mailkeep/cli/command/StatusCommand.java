package org.mailkeep.cli.command;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.options.HostState;
import org.mailkeep.cli.options.Opening;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.options.TimeSource;
import org.mailkeep.cli.options.TimeSpan;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.copy.CopyRecord;
import org.mailkeep.engine.copy.CopyRecords;
import org.mailkeep.engine.copy.SourceName;
import org.mailkeep.model.Units;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.snapshot.Snapshot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says how old the newest snapshots are, here and in copies. */
@Command(
    name = "status",
    description = "Say how old the newest snapshots are, in the repository and in its copies.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Copies are those that this host made with 'mailkeep copy', as they were then.",
      "With --max-age the exit code is 1 where something is older than allowed, and",
      "with --min-copies where there are fewer copies: let your monitoring run it.",
      "",
      "With a configuration also the steps of 'mailkeep run': when each was last done,",
      "when it is next, and what is wrong. The exit code is 1 where something is overdue",
      "or has failed.",
      "",
      "Examples:",
      "  mailkeep status",
      "  mailkeep status --max-age 2h --max-copy-age 2d --min-copies 2",
      "  mailkeep status --prometheus /var/lib/prometheus/node-exporter/mailkeep.prom"
    })
public final class StatusCommand implements Callable<Integer> {

  private final Terminal terminal;
  @Mixin private final RepositoryOptions repository = new RepositoryOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(names = "--host", paramLabel = "NAME", description = "Only snapshots of this machine.")
  private @Nullable String host;

  @Option(
      names = "--max-age",
      paramLabel = "SPAN",
      converter = TimeSpan.Converter.class,
      description = "How old newest snapshots may be, such as 26h or 7d.")
  private @Nullable TimeSpan maxAge;

  @Option(
      names = "--max-copy-age",
      paramLabel = "SPAN",
      converter = TimeSpan.Converter.class,
      description = "The same for copies (default: --max-age).")
  private @Nullable TimeSpan maxCopyAge;

  @Option(
      names = "--min-copies",
      paramLabel = "N",
      description = "How many copies there must be at least.")
  private int minCopies;

  @Option(
      names = "--forget-copy",
      paramLabel = "PLACE",
      description = "Forget a copy that is no more. The copy itself is not touched.")
  private @Nullable String forgotten;

  @Option(
      names = "--prometheus",
      paramLabel = "FILE",
      description =
          "Write the state of the configuration's steps to FILE, for Prometheus' node exporter.")
  private @Nullable Path metrics;

  /** Prints to this terminal. */
  public StatusCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * The newest snapshot of a source in one place.
   *
   * @param place empty for the repository itself
   * @param newest empty where there is none
   */
  private record Line(SourceName source, String place, @Nullable Instant newest, boolean tooOld) {}

  @Override
  public Integer call() {
    Instant now = TimeSource.clock().instant();
    Optional<PlanStatus> plan = PlanStatus.of(repository, terminal, now);
    if (metrics != null) {
      Path file = metrics;
      plan.orElseThrow(
              () ->
                  new UsageException(
                      "--prometheus needs a configuration with steps", "See 'mailkeep config'."))
          .write(file);
    }
    int code;
    try {
      code = snapshots(plan, now);
    } catch (MailkeepException e) {
      // The plan tells more than nothing while the repository is away.
      if (plan.isEmpty() || output.json()) {
        throw e;
      }
      code = Execution.report(e, terminal);
    }
    if (plan.isPresent() && !output.json() && !output.quiet()) {
      plan.get().tell();
    }
    return plan.isPresent() && plan.get().overview().isBad() ? ExitCode.FAILED : code;
  }

  private int snapshots(Optional<PlanStatus> plan, Instant now) {
    List<CopyRecord> copies;
    Map<SourceName, Instant> sources = new TreeMap<>();
    boolean damaged;
    try (Repository open = new Opening(repository, terminal).open()) {
      CopyRecords records = new CopyRecords(HostState.copies(repository, open), open.keys());
      if (forgotten != null) {
        String place = repository.location(forgotten).toString();
        if (!records.forget(place)) {
          throw new NotFoundException(
              "No copy in " + place + " is known here", "See 'mailkeep status'.");
        }
      }
      List<String> problems = new ArrayList<>();
      for (Snapshot snapshot : open.snapshots().list(e -> problems.add(e.getMessage()))) {
        Instant time = snapshot.manifest().time();
        sources.merge(SourceName.of(snapshot.manifest()), time, (a, b) -> a.isAfter(b) ? a : b);
      }
      copies = records.list(problems::add);
      problems.forEach(problem -> terminal.note("mailkeep: " + problem));
      damaged = !problems.isEmpty();
    }
    List<Line> lines = lines(sources, copies, now);
    boolean tooFew = copies.size() < minCopies;
    boolean tooOld = lines.stream().anyMatch(Line::tooOld) || (maxAge != null && lines.isEmpty());
    if (output.json()) {
      Map<String, Object> members = json(lines, copies, now, tooOld, tooFew);
      plan.ifPresent(steps -> members.putAll(steps.json()));
      terminal.line(Json.of(members));
    } else if (!output.quiet()) {
      table(lines, copies, now);
    }
    if (tooFew) {
      terminal.note(
          "mailkeep: this host knows of "
              + (copies.size() == 1 ? "1 copy" : copies.size() + " copies")
              + ", and there must be "
              + minCopies);
    }
    return damaged || tooOld || tooFew ? ExitCode.FAILED : ExitCode.DONE;
  }

  private List<Line> lines(Map<SourceName, Instant> sources, List<CopyRecord> copies, Instant now) {
    TimeSpan copyAge = maxCopyAge != null ? maxCopyAge : maxAge;
    List<Line> lines = new ArrayList<>();
    sources.forEach(
        (source, newest) -> {
          if (host == null || source.host().equals(host)) {
            lines.add(new Line(source, "", newest, isOlder(newest, now, maxAge)));
            for (CopyRecord copy : copies) {
              Instant there = copy.newest().get(source);
              lines.add(new Line(source, copy.place(), there, isOlder(there, now, copyAge)));
            }
          }
        });
    return lines;
  }

  private static boolean isOlder(@Nullable Instant time, Instant now, @Nullable TimeSpan most) {
    return most != null && (time == null || time.plus(most.duration()).isBefore(now));
  }

  private void table(List<Line> lines, List<CopyRecord> copies, Instant now) {
    for (Line line : lines) {
      String where =
          line.place().isEmpty()
              ? terminal.name(line.source().host() + ": " + line.source().what())
              : "  copy in " + terminal.name(line.place());
      Instant newest = line.newest();
      String age =
          newest == null
              ? "no snapshot"
              : Units.time(newest) + "  " + Units.since(newest, now) + " ago";
      terminal.line(String.format("%-40s  %s%s", where, age, line.tooOld() ? "  TOO OLD" : ""));
    }
    if (lines.isEmpty()) {
      terminal.line("No snapshots.");
    }
    if (copies.isEmpty()) {
      terminal.line("This host has made no copy of the repository.");
    }
    for (CopyRecord copy : copies) {
      terminal.line(
          "Copied to "
              + terminal.name(copy.place())
              + " last on "
              + Units.time(copy.time())
              + ", "
              + Units.count(copy.snapshots(), "snapshot"));
    }
  }

  private static Map<String, Object> json(
      List<Line> lines, List<CopyRecord> copies, Instant now, boolean tooOld, boolean tooFew) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("tooOld", tooOld);
    members.put("tooFewCopies", tooFew);
    members.put("sources", lines.stream().map(line -> json(line, now)).toList());
    members.put(
        "copies",
        copies.stream()
            .map(
                copy -> {
                  Map<String, Object> one = new LinkedHashMap<>();
                  one.put("place", copy.place());
                  one.put("copied", copy.time().toString());
                  one.put("snapshots", copy.snapshots());
                  return one;
                })
            .toList());
    return members;
  }

  private static Map<String, Object> json(Line line, Instant now) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("host", line.source().host());
    members.put("what", line.source().what());
    if (!line.place().isEmpty()) {
      members.put("copy", line.place());
    }
    Instant newest = line.newest();
    if (newest != null) {
      members.put("newest", newest.toString());
      members.put("ageSeconds", Duration.between(newest, now).toSeconds());
    }
    members.put("tooOld", line.tooOld());
    return members;
  }
}
