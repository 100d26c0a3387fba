package org.mailkeep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.cli.options.Environment;
import org.mailkeep.cli.output.Terminal;

/** A command that the rehearsal gets wrong would start slowly ever after, and nobody would know. */
@Tag("slow")
final class RehearsalTest {

  @Test
  void every_command_of_the_rehearsal_ends_well(@TempDir Path folder) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Terminal terminal = Terminal.ofPipes(out, out);
    var _ =
        Environment.of(Map.of("HOME", folder.toString()))
            .call(
                () -> {
                  Rehearsal.perform(folder, terminal);
                  return true;
                });
    assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("Unknown option");
  }
}
