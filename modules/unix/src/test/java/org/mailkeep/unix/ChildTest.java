package org.mailkeep.unix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.mailkeep.unix.Sandbox.assumeRoot;
import static org.mailkeep.unix.Sandbox.file;
import static org.mailkeep.unix.Sandbox.name;
import static org.mailkeep.unix.Sandbox.raw;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailkeep.model.FileName;

/** What depends on the process: its locale, its user, its threads, its terminal. */
@Timeout(60)
class ChildTest {

  @TempDir Path temporary;

  @ParameterizedTest
  @ValueSource(strings = {"C", "POSIX", "C.UTF-8", "no_SUCH.ISO-8859-1"})
  void names_and_arguments_survive_every_locale(String locale) throws Exception {
    FileName folder = raw('c', 'a', 'f', 0xe9);
    try (Directory directory = Sandbox.open(temporary)) {
      directory.makeDirectory(folder, 0700);
      try (Directory inner = directory.openDirectory(folder)) {
        file(inner, raw(0xfe, '!'), "found");
      }
    }
    Map<String, String> environment = Map.of("LC_ALL", locale, "LANG", locale);
    String output =
        Child.run(environment, "exec $child names \"" + temporary + "$(printf '/caf\\351')\"");
    assertThat(output.lines().skip(1))
        .containsExactlyInAnyOrder("636166e9", "fe21 found", "fc0aff made");
  }

  @Test
  void a_process_without_privileges_reads_what_it_may_and_is_told_what_it_may_not()
      throws Exception {
    assumeRoot();
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")));
    try (Directory directory = Sandbox.open(temporary)) {
      directory.mode(0755);
      file(directory, "readable");
      file(directory, "secret");
      directory.mode(name("secret"), 0600);
    }
    String output =
        Child.run(
            Map.of(),
            "exec setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all $child"
                + " unprivileged "
                + temporary);
    assertThat(output.lines())
        .containsExactly("65534 false", "readable", "open 13", "mode 1", "owner 1");
  }

  @Test
  void priority_is_lowered_for_all_threads() throws Exception {
    String output = Child.run(Map.of(), "exec $child priority");
    assertThat(output.lines().distinct()).containsExactly("nice 19, disk class 3");
    assertThat(output.lines()).hasSizeGreaterThan(6);
  }

  @Test
  void a_terminal_tells_its_width() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")));
    String output =
        Child.run(
            Map.of("SHELL", "/bin/sh"),
            "script -qec 'stty cols 97; $child terminal' /dev/null </dev/null");
    assertThat(output).contains("true 97");
  }

  @Test
  void a_pipe_is_no_terminal() throws Exception {
    assertThat(Child.run(Map.of(), "$child terminal | cat")).isEqualTo("false -1");
  }
}
