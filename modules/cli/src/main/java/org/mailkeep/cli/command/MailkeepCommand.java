package org.mailkeep.cli.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.Version;
import org.mailkeep.cli.options.Defaults;
import org.mailkeep.cli.options.Words;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.Cancellation;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program's name with nothing after it: says what there is. */
@Command(
    name = "mailkeep",
    description = "Incremental, encrypted backups of mail stores.",
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Begin with: mailkeep setup",
      "Or:         mailkeep backup --init --profile auto",
      "Then:       mailkeep snapshots",
      "            mailkeep restore latest --target /tmp/restored",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done but some files could",
      "not be read."
    })
public final class MailkeepCommand implements Callable<Integer> {

  private final Terminal terminal;
  @Spec private CommandSpec spec = CommandSpec.create();

  private MailkeepCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  private static final Map<String, BiFunction<Terminal, Cancellation, Object>> COMMANDS =
      commands();

  private static Map<String, BiFunction<Terminal, Cancellation, Object>> commands() {
    Map<String, BiFunction<Terminal, Cancellation, Object>> commands = new LinkedHashMap<>();
    commands.put("setup", SetupCommand::new);
    commands.put("init", (terminal, _) -> new InitCommand(terminal));
    commands.put("backup", BackupCommand::new);
    commands.put("profile", (terminal, _) -> ProfileCommand.create(terminal));
    commands.put("snapshots", (terminal, _) -> new SnapshotsCommand(terminal));
    commands.put("ls", (terminal, _) -> new LsCommand(terminal));
    commands.put("find", FindCommand::new);
    commands.put("cat", (terminal, _) -> new CatCommand(terminal));
    commands.put("diff", DiffCommand::new);
    commands.put("restore", RestoreCommand::new);
    commands.put("export", ExportCommand::new);
    commands.put("import", ImportCommand::new);
    commands.put("mailbox", MailboxCommand::create);
    commands.put("accounts", (terminal, _) -> AccountsCommand.create(terminal));
    commands.put("queue", (terminal, _) -> QueueCommand.create(terminal));
    commands.put("copy", CopyCommand::new);
    commands.put("status", (terminal, _) -> new StatusCommand(terminal));
    commands.put("run", RunCommand::new);
    commands.put("serve", ServeCommand::new);
    commands.put("config", (terminal, _) -> ConfigCommand.create(terminal));
    commands.put("install-units", (terminal, _) -> new InstallUnitsCommand(terminal));
    commands.put("key", (terminal, _) -> KeyCommand.create(terminal));
    commands.put("forget", ForgetCommand::new);
    commands.put("prune", PruneCommand::new);
    commands.put("check", CheckCommand::new);
    commands.put("repair", RepairCommand::create);
    commands.put("stats", (terminal, _) -> new StatsCommand(terminal));
    commands.put("rebuild-index", (terminal, _) -> new RebuildIndexCommand(terminal));
    return commands;
  }

  /**
   * The command line for these arguments. Reading the options of a command takes longer than
   * running some, so where the first argument names one, or asks for the version, the others are
   * left out.
   */
  public static CommandLine create(
      List<String> arguments, Terminal terminal, Cancellation cancellation) {
    CommandLine line = new CommandLine(new MailkeepCommand(terminal));
    String first = arguments.isEmpty() ? "" : arguments.getFirst();
    boolean isAlone = COMMANDS.containsKey(first) || arguments.equals(List.of("--version"));
    COMMANDS.forEach(
        (name, command) -> {
          if (name.equals(first) || !isAlone) {
            line.addSubcommand(name, command.apply(terminal, cancellation));
          }
        });
    Words.register(line);
    return line.setDefaultValueProvider(Defaults.of(arguments))
        .setOut(terminal.writer())
        .setUsageHelpAutoWidth(true)
        .setAbbreviatedSubcommandsAllowed(false)
        .setExpandAtFiles(false)
        .setParameterExceptionHandler((e, _) -> explain(e, terminal));
  }

  private static int explain(ParameterException e, Terminal terminal) {
    terminal.note("mailkeep: " + e.getMessage());
    List<String> suggestions =
        e instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions().stream().filter(s -> !s.startsWith("-")).toList()
            : List.of();
    if (!suggestions.isEmpty()) {
      terminal.note("  Did you mean '" + suggestions.getFirst() + "'?");
    }
    terminal.note("  See '" + e.getCommandLine().getCommandSpec().qualifiedName(" ") + " --help'.");
    return ExitCode.USAGE;
  }

  @Override
  public Integer call() {
    terminal.note(spec.commandLine().getUsageMessage());
    return ExitCode.USAGE;
  }
}
