package org.mailkeep.cli.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.options.TimeSpan;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.model.ShellWord;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.service.config.Configuration;
import org.mailkeep.service.config.Settings;
import org.mailkeep.service.config.Step;
import org.mailkeep.service.units.SystemdUnits;
import org.mailkeep.storage.location.StorageLocation;
import org.mailkeep.unix.DurableFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lets systemd or cron start runs. */
@Command(
    name = "install-units",
    description = "Write a systemd service and timer for 'mailkeep run', or print a line for cron.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The service may write to the places that the configuration names and do little",
      "else, so run this again when they change. It never starts anything itself.",
      "",
      "Examples:",
      "  mailkeep install-units && systemctl daemon-reload",
      "  systemctl enable --now mailkeep.timer",
      "  mailkeep install-units --cron > /etc/cron.d/mailkeep"
    })
public final class InstallUnitsCommand implements Callable<Integer> {

  private static final Duration USUAL_PERIOD = Duration.ofMinutes(5);

  private final Terminal terminal;
  @Mixin private final RepositoryOptions repository = new RepositoryOptions();

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Where to (default: /etc/systemd/system).")
  private Path folder = Path.of("/etc/systemd/system");

  @Option(
      names = "--program",
      paramLabel = "FILE",
      description = "What to start (default: the program that you just started).")
  private @Nullable Path program;

  @Option(
      names = "--every",
      paramLabel = "SPAN",
      converter = TimeSpan.Converter.class,
      description = "How often the timer looks what is due (default: 5m).")
  private @Nullable TimeSpan every;

  @Option(names = "--cron", description = "Print a line for /etc/cron.d instead, write nothing.")
  private boolean cron;

  /** Prints to this terminal. */
  public InstallUnitsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Path file = OpenConfiguration.file(repository.configuration());
    Settings settings = repository.configuration().settings();
    SystemdUnits units = units(file, settings, OpenConfiguration.withSteps(settings));
    if (cron) {
      terminal.line(units.cron());
      return ExitCode.DONE;
    }
    if (!Files.isDirectory(folder)) {
      throw new RefusedException(
          "There is no folder " + folder, "Without systemd use --cron; --dir names another.");
    }
    write(SystemdUnits.SERVICE, units.service());
    write(SystemdUnits.TIMER, units.timer());
    terminal.line("Next: systemctl daemon-reload && systemctl enable --now " + SystemdUnits.TIMER);
    if (!settings.credentials().isEmpty()) {
      terminal.line(
          "The service gets from /etc/credstore: " + String.join(", ", settings.credentials()));
    }
    return ExitCode.DONE;
  }

  private void write(String name, String text) {
    Path file = folder.resolve(name);
    try {
      DurableFile.write(file, text.getBytes(StandardCharsets.UTF_8), "rw-r--r--");
    } catch (IOException e) {
      throw new StorageException(
          file + " cannot be written: " + e.getMessage(), "Are you root?", e);
    }
    terminal.line("Written: " + file);
  }

  private SystemdUnits units(Path file, Settings settings, Configuration configuration) {
    List<StorageLocation> places = new ArrayList<>(List.of(repository.location()));
    boolean foreign = !configuration.hooks().isEmpty();
    for (Step step : configuration.steps()) {
      for (String argument : step.arguments()) {
        if (step.kind() == Step.Kind.COPY && argument.startsWith("--to=")) {
          places.add(repository.location(argument.substring("--to=".length())));
        }
        foreign |=
            argument.startsWith("--command=") || argument.startsWith("--to-password-command");
      }
    }
    foreign |= settings.namesCommands();
    List<Path> writable = new ArrayList<>();
    boolean remote =
        configuration.notifications().webhook().isPresent()
            || configuration.notifications().healthcheck().isPresent();
    for (StorageLocation place : places) {
      if (place instanceof StorageLocation.LocalFolder local) {
        writable.add(local.root().toAbsolutePath());
      } else {
        remote = true;
      }
    }
    configuration
        .metrics()
        .flatMap(metrics -> Optional.ofNullable(metrics.getParent()))
        .ifPresent(writable::add);
    return new SystemdUnits(
        started(),
        file,
        repository.stateDirectory().toAbsolutePath(),
        writable.stream().distinct().toList(),
        remote,
        foreign,
        !configuration.notifications().mailTo().isEmpty(),
        settings.credentials(),
        every == null ? USUAL_PERIOD : every.duration());
  }

  private Path started() {
    if (program != null) {
      return program.toAbsolutePath();
    }
    String launcher = System.getProperty("mailkeep.program", "");
    if (launcher.isEmpty()) {
      throw new RefusedException(
          "It is not known how this program was started",
          "Name it: --program " + ShellWord.of("/usr/bin/mailkeep") + ".");
    }
    return Path.of(launcher);
  }
}
