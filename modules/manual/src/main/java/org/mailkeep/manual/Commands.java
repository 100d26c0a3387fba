package org.mailkeep.manual;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.mailkeep.cli.command.MailkeepCommand;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.Cancellation;
import picocli.CommandLine;

/** All commands, the program itself first. */
final class Commands {

  private Commands() {}

  /** The program. */
  static CommandLine program() {
    Terminal nowhere =
        Terminal.ofPipes(OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
    return MailkeepCommand.create(List.of(), nowhere, new Cancellation())
        .setUsageHelpAutoWidth(false);
  }

  /** It, and all commands below it, each before its own. */
  static List<CommandLine> all(CommandLine program) {
    List<CommandLine> found = new ArrayList<>();
    collect(program, found);
    return List.copyOf(found);
  }

  private static void collect(CommandLine command, List<CommandLine> found) {
    found.add(command);
    command.getSubcommands().values().forEach(below -> collect(below, found));
  }

  /** Such as {@code mailkeep mailbox log}. */
  static String name(CommandLine command) {
    return command.getCommandSpec().qualifiedName(" ");
  }
}
