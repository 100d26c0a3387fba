package org.mailkeep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.cli.command.MailkeepCommand;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.Cancellation;
import picocli.CommandLine;

/** What {@code --help} says of every command. */
final class HelpTest {

  @TempDir private Path folder;

  @Test
  void teaches_with_an_example_that_is_a_command_of_this_program() {
    assertThat(commands())
        .filteredOn(command -> command.getSubcommands().isEmpty())
        .allSatisfy(
            command ->
                assertThat(command.getCommandSpec().usageMessage().footer())
                    .as(command.getCommandSpec().qualifiedName())
                    .anyMatch(line -> line.contains(command.getCommandSpec().qualifiedName())));
  }

  /**
   * picocli takes a text as a format, and complains on the screen of the process where it is none.
   */
  @Test
  void has_no_percent_sign_that_is_taken_for_a_format() {
    ByteArrayOutputStream complaints = new ByteArrayOutputStream();
    PrintStream screen = System.err;
    System.setErr(new PrintStream(complaints, true, StandardCharsets.UTF_8));
    try {
      commands().forEach(command -> assertThat(command.getUsageMessage()).contains("mailkeep"));
    } finally {
      System.setErr(screen);
    }
    assertThat(complaints.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void says_five_percent_as_it_is_typed() {
    Shell.Outcome help = new Shell(folder).mailkeep("check", "--help");
    assertThat(help.exit()).isZero();
    assertThat(help.err()).isEmpty();
    assertThat(help.out())
        .contains("mailkeep check --read-data-subset 5%\n")
        .contains("--read-data-subset $(date +%u)/7");
  }

  private static List<CommandLine> commands() {
    Terminal nowhere =
        Terminal.ofPipes(OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
    List<CommandLine> all = new ArrayList<>();
    collect(MailkeepCommand.create(List.of(), nowhere, new Cancellation()), all);
    assertThat(all).hasSizeGreaterThan(40);
    return all;
  }

  private static void collect(CommandLine command, List<CommandLine> into) {
    into.add(command);
    command.getSubcommands().values().forEach(below -> collect(below, into));
  }
}
