package org.mailkeep.cli.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.options.Environment;
import org.mailkeep.cli.options.Keyboard;
import org.mailkeep.cli.options.Opening;
import org.mailkeep.cli.options.ProfileOptions;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.profile.Profile;
import org.mailkeep.engine.profile.ProfileChoice;
import org.mailkeep.engine.profile.Profiles;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.service.config.Key;
import org.mailkeep.service.config.Schema;
import org.mailkeep.storage.location.StorageLocation;
import org.mailkeep.unix.DurableFile;
import org.mailkeep.unix.ShellCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Everything that has to be done once. */
@Command(
    name = "setup",
    description = "Set up backups on this host: a configuration, a repository, its key, a timer.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Asks what to back up, where to, and who is told when something goes wrong. What",
      "options say is not asked. It prints each command that it runs, and changes nothing",
      "where there is a configuration already.",
      "",
      "Examples:",
      "  mailkeep setup",
      "  mailkeep setup --yes --repo sftp://mailkeep@backup.example.com/mail",
      "  mailkeep setup --yes --mail-to ops@example.com --every 1h /home/vpopmail /var/qmail"
    })
public final class SetupCommand implements Callable<Integer> {

  private static final String TABLE = "repository";
  private static final Set<String> SECRETS =
      Set.of("key-file", "password-file", "password-command", "private-key");

  private static final Path UNITS = Path.of("/etc/systemd/system");
  private static final Path SYSTEMD = Path.of("/run/systemd/system");
  private static final String START =
      "systemctl daemon-reload && systemctl enable --now mailkeep.timer";
  private static final String NOBODY = "-";

  private final Terminal terminal;
  private final Cancellation cancellation;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private final RepositoryOptions repository = new RepositoryOptions();
  @Mixin private final ProfileOptions profileOptions = new ProfileOptions();

  @Parameters(paramLabel = "PATH", arity = "0..*", description = "Files and folders to back up.")
  private List<Path> paths = new ArrayList<>();

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      split = ",",
      description =
          "Back up what these profiles find (default: auto, where no path is given); see 'mailkeep"
              + " profile list'.")
  private List<String> profiles = new ArrayList<>();

  @Option(
      names = "--every",
      paramLabel = "SPAN",
      description = "How often to make a snapshot (default: 5m).")
  private String every = "5m";

  @Option(
      names = "--mail-to",
      paramLabel = "ADDRESS",
      split = ",",
      description = "Who gets mail when something goes wrong; - for nobody (default: root).")
  private @Nullable List<String> mailTo;

  @Option(
      names = {"-y", "--yes"},
      description = "Ask nothing.")
  private boolean yes;

  @Option(names = "--no-units", description = "Leave systemd alone.")
  private boolean noUnits;

  /** Asks and tells at this terminal. */
  public SetupCommand(Terminal terminal, Cancellation cancellation) {
    this.terminal = terminal;
    this.cancellation = cancellation;
  }

  @Override
  public Integer call() {
    Path file = repository.configuration().place();
    refuse(file);
    what();
    StorageLocation place = repository.location(where());
    List<Path> real = paths.stream().map(path -> path.toAbsolutePath().normalize()).toList();
    SequencedMap<Key, String> table = table(place.toString());
    write(file, new FirstConfiguration(table, profiles, real, every, who()).text());
    return finish(file, place);
  }

  private void refuse(Path file) {
    if (Files.exists(file)) {
      throw new RefusedException(
          "There is a configuration " + file + " already",
          "Edit it, then: mailkeep config check && mailkeep install-units");
    }
    if (Environment.variable("MAILKEEP_PASSWORD").isPresent()) {
      throw new UsageException(
          "MAILKEEP_PASSWORD is set here, and will not be where the timer runs backups",
          "Write it to a file that only root can read, and give --password-file FILE.");
    }
    if (!yes && !Keyboard.isThere()) {
      throw new UsageException(
          "Nobody is there to answer", "With --yes nothing is asked; --help has the options.");
    }
  }

  /** What options said of the repository, and what else has to be said. */
  private SequencedMap<Key, String> table(String place) {
    SequencedMap<Key, String> table = new LinkedHashMap<>();
    table.put(Schema.get(TABLE, "place"), place);
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      Schema.single().stream()
          .filter(key -> key.section().equals(TABLE))
          .filter(key -> key.option().equals(Optional.of(option.longestName())))
          .forEach(key -> table.put(key, said(key, option)));
    }
    if (table.keySet().stream().map(Key::name).noneMatch(SECRETS::contains)) {
      table.put(Schema.get(TABLE, "key-file"), repository.defaultKeyFile().toString());
    }
    table.putIfAbsent(Schema.get(TABLE, "state-dir"), repository.stateDirectory().toString());
    return table;
  }

  private String said(Key key, OptionSpec option) {
    if (key.name().equals("place")) {
      return repository.location().toString();
    }
    Object value = option.getValue();
    return value instanceof Path path
        ? path.toAbsolutePath().normalize().toString()
        : String.valueOf(value);
  }

  /** The first question. */
  private void what() {
    if (!paths.isEmpty() || !profiles.isEmpty()) {
      return;
    }
    Optional<String> found = found();
    if (yes) {
      if (found.isEmpty()) {
        throw new NotFoundException(
            "No mail server is found on this host", "Name what to back up: mailkeep setup PATH...");
      }
      profiles.add(Profiles.AUTO);
      return;
    }
    found.ifPresentOrElse(
        names -> terminal.note("Found on this host: " + names + " ('mailkeep profile list')."),
        () -> terminal.note("No mail server is found in the usual places."));
    String usual = found.isPresent() ? Profiles.AUTO : "/home";
    String answer = answered(Keyboard.ask("What to back up? 'auto' for that, or folders", usual));
    if (answer.equals(Profiles.AUTO)) {
      profiles.add(Profiles.AUTO);
    } else {
      Stream.of(answer.split("[\\s,]+")).map(Path::of).forEach(paths::add);
    }
  }

  private Optional<String> found() {
    try {
      ProfileChoice choice =
          ProfileChoice.of(
              List.of(Profiles.AUTO), profileOptions.profiles(), profileOptions.search());
      return Optional.of(
          String.join(", ", choice.found().keySet().stream().map(Profile::name).toList()));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  /** The second one. */
  private String where() {
    String usual = repository.location().toString();
    boolean said = spec.commandLine().getParseResult().hasMatchedOption("--repo");
    return yes || said
        ? usual
        : answered(
            Keyboard.ask(
                "Where to? A folder, sftp://user@host/path or s3:https://host/bucket", usual));
  }

  /** The third one. */
  private List<String> who() {
    List<String> told = mailTo;
    if (told == null) {
      told =
          yes
              ? List.of("root")
              : Arrays.asList(
                  answered(
                          Keyboard.ask(
                              "Who gets mail when something goes wrong? - for nobody", "root"))
                      .split("[\\s,]+"));
    }
    return told.equals(List.of(NOBODY)) ? List.of() : List.copyOf(told);
  }

  private static String answered(Optional<String> answer) {
    return answer.orElseThrow(
        () -> new RefusedException("The question was not answered", "Nothing was changed."));
  }

  private void write(Path file, String text) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      DurableFile.write(file, text.getBytes(StandardCharsets.UTF_8), "rw-------");
    } catch (IOException e) {
      throw new StorageException(
          file + " cannot be written: " + e.getMessage(), "Are you root?", e);
    }
    terminal.line("Written: " + file);
  }

  /** Each step is a command, so that who reads this can run the rest where one fails. */
  private int finish(Path file, StorageLocation place) {
    String config = "--config=" + file;
    List<List<String>> steps = new ArrayList<>(List.of(List.of("config", "check", config)));
    if (Opening.isIn(place)) {
      terminal.line("There is a repository in " + place + " already; it is used.");
    } else {
      steps.add(List.of("init", config));
    }
    if (!noUnits && Files.isDirectory(UNITS)) {
      steps.add(List.of("install-units", config));
    }
    while (!steps.isEmpty()) {
      String typed = "mailkeep " + String.join(" ", steps.getFirst());
      terminal.line("");
      terminal.line("$ " + typed);
      int code = Execution.of(steps.getFirst(), terminal, cancellation);
      if (code != ExitCode.DONE) {
        terminal.note("mailkeep: set-up has stopped there. When that is mended, go on with:");
        steps.forEach(step -> terminal.note("  mailkeep " + String.join(" ", step)));
        return code;
      }
      steps.removeFirst();
    }
    return start();
  }

  private int start() {
    if (!noUnits && Files.isDirectory(SYSTEMD)) {
      terminal.line("");
      terminal.line("$ " + START);
      terminal.flush();
      try {
        int code = ShellCommand.of(START).inheritIO().start().waitFor();
        if (code != 0) {
          throw new RefusedException(
              "systemctl ended with " + code, "See: journalctl -u mailkeep.timer");
        }
      } catch (IOException e) {
        throw new StorageException("systemctl cannot be run: " + e.getMessage(), START, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        cancellation.request();
        cancellation.check();
      }
    }
    terminal.line("");
    terminal.line("Next: 'mailkeep run' makes the first backup now, 'mailkeep status' shows it.");
    return ExitCode.DONE;
  }
}
