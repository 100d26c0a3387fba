package org.mailkeep.cli.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.options.HostName;
import org.mailkeep.cli.options.OutputOptions;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.options.TimeSource;
import org.mailkeep.cli.output.Json;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.model.ShellWord;
import org.mailkeep.model.Units;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.service.config.Configuration;
import org.mailkeep.service.config.Notifications;
import org.mailkeep.service.config.Step;
import org.mailkeep.service.notify.Channel;
import org.mailkeep.service.notify.HealthPing;
import org.mailkeep.service.notify.MailChannel;
import org.mailkeep.service.notify.Telling;
import org.mailkeep.service.notify.WebhookChannel;
import org.mailkeep.service.run.Metrics;
import org.mailkeep.service.run.Outcome.Result;
import org.mailkeep.service.run.Overview;
import org.mailkeep.service.run.Run;
import org.mailkeep.service.run.RunState;
import org.mailkeep.service.run.StateFolder;
import org.mailkeep.unix.DurableFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Does what the configuration says is due. */
@Command(
    name = "run",
    description = "Do what is due by the configuration: backup, copy, forget, prune, check.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Let a timer start it every few minutes ('mailkeep install-units'); where nothing",
      "is due it ends at once. Steps are done one after the other, in the order above.",
      "What was missed while the machine was off is done once. A step that fails is",
      "tried again, sooner at first, and does not stop the others; while a check says",
      "that the repository is damaged, nothing is forgotten or pruned.",
      "",
      "Exit codes: 0 done, or nothing is due, or another run is at work; 1 a step",
      "failed; 2 the configuration is wrong; 3 done, but something could not be read.",
      "",
      "Examples:",
      "  mailkeep run --dry-run",
      "  mailkeep run",
      "  mailkeep run --now 'backup mail'"
    })
public final class RunCommand implements Callable<Integer> {

  /** Their values may hold secrets. */
  private static final Set<String> HIDDEN = Set.of("--command", "--to-password-command");

  private final Terminal terminal;
  private final Cancellation cancellation;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private final RepositoryOptions repository = new RepositoryOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(
      names = {"-n", "--dry-run"},
      description = "Say what is due and why, and when the rest is; do nothing.")
  private boolean dryRun;

  @Option(
      names = "--now",
      paramLabel = "STEP",
      description =
          "Do this step whether it is due or not, and no other: 'backup mail', 'copy usb', forget,"
              + " prune or check; can be given several times.")
  private List<String> now = new ArrayList<>();

  /** Stops when asked to. */
  public RunCommand(Terminal terminal, Cancellation cancellation) {
    this.terminal = terminal;
    this.cancellation = cancellation;
  }

  @Override
  public Integer call() throws Exception {
    Path file = OpenConfiguration.file(repository.configuration());
    OpenConfiguration.requireSafe(file);
    Configuration configuration =
        OpenConfiguration.withSteps(repository.configuration().settings());
    requireKnown(configuration);
    StateFolder folder = StateFolder.of(repository.stateDirectory(), file);
    if (dryRun) {
      tell(configuration, folder.load(this::problem));
      return ExitCode.DONE;
    }
    Optional<AutoCloseable> lock = folder.lock();
    if (lock.isEmpty()) {
      problem("another run of this configuration is at work; it does what is due");
      return ExitCode.DONE;
    }
    try (AutoCloseable _ = lock.get()) {
      return run(configuration, folder, file);
    }
  }

  private void requireKnown(Configuration configuration) {
    List<String> titles = configuration.steps().stream().map(Step::title).toList();
    for (String title : now) {
      if (!titles.contains(title)) {
        throw new UsageException(
            "There is no step '" + title + "'", "There are: " + String.join(", ", titles) + ".");
      }
    }
  }

  private void problem(String text) {
    terminal.note("mailkeep: " + text);
  }

  private int run(Configuration configuration, StateFolder folder, Path file) {
    InstantSource clock = TimeSource.clock();
    List<RunOutput> told = new ArrayList<>();
    StepExecution commands =
        new StepExecution(
            shared(), line -> told.forEach(watch -> watch.commandSays(line)), cancellation);
    RunOutput watch = new RunOutput(terminal, output, clock, commands::repositorySize);
    told.add(watch);
    RunState state = folder.load(watch::problem);
    ZoneId zone = ZoneId.systemDefault();
    Run run =
        new Run(
            configuration,
            Map.of("MAILKEEP_CONFIG", file.toString()),
            folder,
            commands,
            watch,
            clock,
            zone,
            cancellation::isRequested);
    boolean idle =
        now.isEmpty()
            && Run.decide(configuration, state, clock.instant(), zone).stream()
                .noneMatch(decision -> decision.due().now());
    if (idle && !output.json() && !output.quiet()) {
      terminal.line("Nothing is due; 'mailkeep run --dry-run' says when.");
    }
    Result result = now.isEmpty() ? run.execute(state) : run.execute(state, Set.copyOf(now));
    if (cancellation.isRequested()) {
      return ExitCode.STOPPED;
    }
    tellOthers(configuration, state, watch, clock.instant(), zone);
    folder.save(state);
    Overview overview = Overview.of(configuration, state, clock.instant(), zone);
    configuration.metrics().ifPresent(metrics -> write(metrics, overview, clock.instant()));
    return switch (result) {
      case DONE -> ExitCode.DONE;
      case INCOMPLETE -> ExitCode.INCOMPLETE;
      case FAILED -> ExitCode.FAILED;
    };
  }

  private void tellOthers(
      Configuration configuration, RunState state, RunOutput watch, Instant time, ZoneId zone) {
    Notifications wanted = configuration.notifications();
    String host = HostName.ofThisMachine();
    List<Channel> channels = new ArrayList<>();
    if (!wanted.mailTo().isEmpty()) {
      channels.add(
          new MailChannel(
              wanted.mailTo(), wanted.mailFrom(), wanted.sendmail(), host, TimeSource.clock()));
    }
    wanted.webhook().ifPresent(at -> channels.add(new WebhookChannel(at, host, Json::of)));
    new Telling(configuration, host, channels, watch).tell(state, time, zone);
    String bad =
        Overview.of(configuration, state, time, zone).lines().stream()
            .filter(Overview.Line::isBad)
            .map(line -> line.step().title() + ": " + line.state().problem().orElse("overdue"))
            .collect(Collectors.joining("\n"));
    wanted
        .healthcheck()
        .flatMap(at -> new HealthPing(at).send(bad))
        .ifPresent(text -> watch.problem("the health check could not be pinged: " + text));
  }

  private void write(Path file, Overview overview, Instant time) {
    try {
      DurableFile.write(
          file, Metrics.of(overview, time).getBytes(StandardCharsets.UTF_8), "rw-r--r--");
    } catch (IOException e) {
      problem("the metrics " + file + " cannot be written: " + e.getMessage());
    }
  }

  /** What was said to this command of the repository, for the commands that it runs. */
  private List<String> shared() {
    List<String> options = new ArrayList<>(repository.configuration().again());
    CommandSpec repositorySpec = CommandSpec.forAnnotatedObject(new RepositoryOptions());
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      String name = option.longestName();
      if (repositorySpec.findOption(name) != null
          && !name.equals("--config")
          && !name.equals("--set")) {
        option.originalStringValues().forEach(value -> options.add(name + "=" + value));
      }
    }
    return options;
  }

  private void tell(Configuration configuration, RunState state) {
    Instant time = TimeSource.clock().instant();
    List<Run.Decision> decisions = Run.decide(configuration, state, time, ZoneId.systemDefault());
    if (output.json()) {
      terminal.line(Json.of(Map.of("steps", decisions.stream().map(d -> json(d, state)).toList())));
      return;
    }
    for (Run.Decision decision : decisions) {
      Step step = decision.step();
      boolean held = decision.due().now() && Run.isHeld(step, state);
      String when =
          held ? "waits" : decision.due().now() ? "due" : Units.time(decision.due().next());
      String why = held ? "the last check found damage" : decision.due().why();
      terminal.line(String.format("%-19s  %-20s  %s", when, step.title(), why));
      if (decision.due().now() && !held) {
        terminal.line("                     " + commandLine(step));
      }
    }
    decisions.stream()
        .filter(decision -> !decision.due().now())
        .min(Comparator.comparing(decision -> decision.due().next()))
        .filter(_ -> decisions.stream().noneMatch(decision -> decision.due().now()))
        .ifPresent(next -> terminal.line("Nothing is due before " + next.step().title() + "."));
  }

  private static Map<String, Object> json(Run.Decision decision, RunState state) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("step", decision.step().kind().word());
    members.put("name", decision.step().name());
    members.put("due", decision.due().now());
    members.put("held", Run.isHeld(decision.step(), state));
    members.put("why", decision.due().why());
    members.put("next", decision.due().next().toString());
    members.put("command", commandLine(decision.step()));
    return members;
  }

  private static String commandLine(Step step) {
    return "mailkeep "
        + step.arguments().stream()
            .map(
                word -> {
                  int equals = word.indexOf('=');
                  return equals > 0 && HIDDEN.contains(word.substring(0, equals))
                      ? word.substring(0, equals) + "=…"
                      : ShellWord.of(word);
                })
            .collect(Collectors.joining(" "));
  }
}
