package org.mailkeep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.cli.command.MailkeepCommand;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.Cancellation;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** What {@code --help} says of every command. */
final class HelpTest {

  @TempDir private Path folder;

  @Test
  void teaches_with_an_example_that_is_a_command_of_this_program() {
    for (CommandLine command : commands()) {
      if (!command.getSubcommands().isEmpty()) {
        continue;
      }
      assertThat(command.getCommandSpec().usageMessage().footer())
          .as(command.getCommandSpec().qualifiedName())
          .anyMatch(line -> line.contains("mailkeep "));
    }
  }

  /** picocli takes a text as a format, and complains on the screen where it is none. */
  @Test
  void has_no_percent_sign_that_is_taken_for_a_format() {
    for (CommandLine command : commands()) {
      for (String text : texts(command)) {
        assertThatCode(() -> String.format(text))
            .as("%s: %s", command.getCommandSpec().qualifiedName(), text.replace("%", "%%"))
            .doesNotThrowAnyException();
      }
    }
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

  private static List<String> texts(CommandLine command) {
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    return Stream.of(
            Arrays.stream(usage.header()),
            Arrays.stream(usage.description()),
            Arrays.stream(usage.footer()),
            command.getCommandSpec().args().stream()
                .map(ArgSpec::description)
                .flatMap(Arrays::stream))
        .flatMap(texts -> texts)
        .toList();
  }
}
