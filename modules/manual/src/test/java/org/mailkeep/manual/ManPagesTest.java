package org.mailkeep.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

final class ManPagesTest {

  private static final Path GROFF = Path.of("/usr/bin/groff");

  private final CommandLine program = Commands.program();
  private final Map<String, String> pages = new ManPages("2026-11-26", "0.1.0").all(program);

  @TempDir private Path folder;

  @Test
  void every_command_has_a_page_and_every_option_stands_on_it() {
    assertThat(pages).containsKeys("mailkeep.1", "mailkeep-mailbox-recover.1", "mailkeep.toml.5");
    for (CommandLine command : Commands.all(program)) {
      String page = pages.getOrDefault(Commands.name(command).replace(' ', '-') + ".1", "");
      assertThat(page).startsWith(".TH ").contains(".SH \"NAME\"", ".SH \"SYNOPSIS\"");
      for (OptionSpec option : command.getCommandSpec().options()) {
        assertThat(option.hidden() || page.contains(Roff.escaped(option.longestName())))
            .as(Commands.name(command) + " " + option.longestName())
            .isTrue();
      }
    }
  }

  @Test
  void no_page_has_what_only_picocli_understands() {
    assertThat(pages.values()).noneMatch(page -> page.contains("%%") || page.contains("${"));
  }

  @Test
  void a_text_is_never_taken_for_a_request() {
    Roff page = new Roff("X", 1, "2026-11-26", "x");
    page.line(".so /etc/passwd").line("'quoted' and \\fBnot bold\\fR").line("--option");
    assertThat(page.toString())
        .contains("\\&.so /etc/passwd\n")
        .contains("\\(aqquoted\\(aq and \\efBnot bold\\efR\n")
        .contains("\\-\\-option\n");
  }

  @Test
  void groff_has_nothing_to_say_about_them() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(GROFF), "no groff here");
    for (Map.Entry<String, String> page : pages.entrySet()) {
      Path file = Files.writeString(folder.resolve(page.getKey()), page.getValue());
      Process groff =
          new ProcessBuilder(GROFF.toString(), "-man", "-ww", "-Tutf8", "-z", file.toString())
              .redirectErrorStream(true)
              .start();
      String said = new String(groff.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(groff.waitFor()).as(page.getKey() + ": " + said).isZero();
      assertThat(said).as(page.getKey()).isEmpty();
    }
  }
}
