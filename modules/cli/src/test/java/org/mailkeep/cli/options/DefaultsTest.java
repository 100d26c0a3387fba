package org.mailkeep.cli.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.service.config.Key;
import org.mailkeep.service.config.Schema;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Options that nobody typed. */
final class DefaultsTest {

  @TempDir private Path folder;

  private CommandSpec parsed(Map<String, String> environment, String... words) {
    List<String> arguments = new ArrayList<>(List.of("backup"));
    arguments.addAll(List.of(words));
    CommandSpec spec =
        CommandSpec.create()
            .name("backup")
            .addMixin("work", CommandSpec.forAnnotatedObject(new WorkOptions()))
            .addMixin("alarm", CommandSpec.forAnnotatedObject(new AlarmOptions()))
            .addMixin("repository", CommandSpec.forAnnotatedObject(new RepositoryOptions()));
    CommandLine line = new CommandLine(spec);
    line.setDefaultValueProvider(Environment.of(environment).call(() -> Defaults.of(arguments)));
    var _ = line.parseArgs(words);
    return spec;
  }

  private static Object value(CommandSpec spec, String option) {
    return String.valueOf(spec.findOption(option).<Object>getValue());
  }

  @Test
  void come_from_the_file_and_flags_that_it_has_on_stay_on_when_they_are_typed()
      throws IOException {
    Path file = Files.writeString(folder.resolve("c.toml"), "[limits]\nnice = true\njobs = 3\n");
    Map<String, String> environment = Map.of("MAILKEEP_CONFIG", file.toString());
    assertThat(value(parsed(environment), "--nice")).isEqualTo("true");
    assertThat(value(parsed(environment, "--nice"), "--nice")).isEqualTo("true");
    assertThat(value(parsed(environment, "--nice=false"), "--nice")).isEqualTo("false");
    assertThat(value(parsed(environment, "-j", "2"), "--jobs")).isEqualTo("2");
    assertThat(value(parsed(environment), "--jobs")).isEqualTo("3");
    assertThat(value(parsed(Map.of("MAILKEEP_JOBS", "4")), "--jobs")).isEqualTo("4");
    String[] named = {"--config", file.toString()};
    assertThat(value(parsed(Map.of("MAILKEEP_CONFIG", "/none"), named), "--jobs")).isEqualTo("3");
  }

  @Test
  void what_a_key_says_of_the_default_is_so() {
    CommandSpec spec = parsed(Map.of());
    for (Key key : Schema.single()) {
      OptionSpec option = key.option().map(spec::findOption).orElse(null);
      if (option != null && key.usual().isPresent()) {
        assertThat(String.valueOf(option.<Object>getValue()))
            .as(key.path())
            .isEqualTo(key.usual().get());
      }
    }
  }

  @Test
  void every_option_that_a_key_names_is_one() {
    CommandSpec spec = parsed(Map.of());
    assertThat(Schema.single())
        .filteredOn(key -> key.section().equals("repository"))
        .extracting(Key::option)
        .allSatisfy(option -> assertThat(spec.findOption(option.orElseThrow())).isNotNull());
  }
}
