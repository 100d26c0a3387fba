package org.mailkeep.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.mailkeep.cli.ExitCode;
import org.mailkeep.cli.Version;
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
      "Begin with: mailkeep backup --init /home/vpopmail /var/qmail",
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

  /** The command line with all commands. */
  public static CommandLine create(Terminal terminal, Cancellation cancellation) {
    return new CommandLine(new MailkeepCommand(terminal))
        .addSubcommand(new InitCommand(terminal))
        .addSubcommand(new BackupCommand(terminal, cancellation))
        .addSubcommand(new SnapshotsCommand(terminal))
        .addSubcommand(new LsCommand(terminal))
        .addSubcommand(new CatCommand(terminal))
        .addSubcommand(new RestoreCommand(terminal, cancellation))
        .addSubcommand(new CheckCommand(terminal, cancellation))
        .addSubcommand(new StatsCommand(terminal))
        .addSubcommand(new RebuildIndexCommand(terminal))
        .setUsageHelpAutoWidth(true)
        .setAbbreviatedSubcommandsAllowed(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
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
