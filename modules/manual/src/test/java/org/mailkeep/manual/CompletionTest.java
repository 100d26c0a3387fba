package org.mailkeep.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the shells themselves make of the scripts. */
final class CompletionTest {

  @TempDir private Path folder;

  private Path written() throws IOException {
    Path share = folder.resolve("share");
    Main.main(new String[] {share.toString(), "0.1.0", "2026-11-26"});
    return share;
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  @Test
  void bash_completes_commands_and_options() throws IOException, InterruptedException {
    Path share = written();
    String script = share.resolve("bash-completion/completions/mailkeep").toString();
    String ask =
        """
        . %s
        complete -p mailkeep
        COMP_WORDS=(mailkeep mailbox rec) COMP_CWORD=2 COMP_LINE='mailkeep mailbox rec'
        _complete_mailkeep mailkeep rec mailbox
        echo "${COMPREPLY[@]}"
        COMP_WORDS=(mailkeep backup --comp) COMP_CWORD=2
        _complete_mailkeep mailkeep --comp backup
        echo "${COMPREPLY[@]}"
        """
            .formatted(script);
    assertThat(run("bash", "-c", ask)).contains("recover").contains("--compression");
  }

  @Test
  void fish_completes_commands_options_and_their_words() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/fish")), "no fish here");
    Path share = written();
    String source = "source " + share.resolve("fish/vendor_completions.d/mailkeep.fish") + ";";
    assertThat(run("fish", "-c", source + "complete -C 'mailkeep mailbox rec'"))
        .startsWith("recover\t");
    assertThat(run("fish", "-c", source + "complete -C 'mailkeep backup --comp'"))
        .contains("--compression");
    assertThat(run("fish", "-c", source + "complete -C 'mailkeep backup --compression '"))
        .contains("fast", "default", "best");
    assertThat(run("fish", "-c", source + "complete -C 'mailkeep pru'")).startsWith("prune\t");
  }

  @Test
  void zsh_loads_its_functions() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/zsh")), "no zsh here");
    Path share = written();
    String script = share.resolve("zsh/vendor-completions/_mailkeep").toString();
    run("zsh", "-n", script);
    assertThat(Files.readString(Path.of(script)))
        .startsWith("#compdef mailkeep\n")
        .contains("_mailkeep_mailbox_recover() {", "'recover:", ":(fast default best)");
  }
}
