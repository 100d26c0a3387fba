package org.mailkeep.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.mailkeep.cli.options.Environment;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.Cancellation;

/**
 * Runs the program as a shell does, with an environment of its own and no terminal: in this virtual
 * machine where only what it says and does matters, which is ten times faster, or in a process.
 */
final class Shell {

  /** What a command did. */
  record Outcome(int exit, String out, String err) {}

  private final Path folder;
  private final Map<String, String> environment = new TreeMap<>();
  private final Map<Process, List<ProcessBuilder.Redirect>> outputs = new ConcurrentHashMap<>();

  Shell(Path folder) {
    this.folder = folder;
    environment.put("LANG", "C");
    environment.put("HOME", folder.toString());
    environment.put("MAILKEEP_REPOSITORY", folder.resolve("repo").toString());
    environment.put("MAILKEEP_STATE_DIR", folder.resolve("state").toString());
    environment.put("MAILKEEP_KEY_FILE", folder.resolve("key").toString());
  }

  Shell with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Shell without(String name) {
    environment.remove(name);
    return this;
  }

  /** Runs a command in this virtual machine. */
  Outcome mailkeep(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit =
        Environment.of(environment)
            .call(() -> Main.run(arguments, Terminal.ofPipes(out, err), new Cancellation()));
    return new Outcome(exit, out.toString(ISO_8859_1), err.toString(ISO_8859_1));
  }

  /** Runs a command in a process, with no locale. */
  Outcome process(String... arguments) {
    return finish(start(arguments));
  }

  /** Runs a line of shell in which $MAILKEEP stands for the program. */
  Outcome line(String line) {
    return finish(start(List.of("/bin/sh", "-c", line)));
  }

  Process start(String... arguments) {
    return start(command(List.of(arguments)));
  }

  private static List<String> command(List<String> arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx160m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(arguments);
    return command;
  }

  private Process start(List<String> command) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().clear();
      builder.environment().putAll(environment);
      builder.environment().put("PATH", "/usr/bin:/bin");
      builder.environment().put("MAILKEEP", String.join(" ", command(List.of())));
      builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
      builder.redirectOutput(Files.createTempFile(folder, "out", "").toFile());
      builder.redirectError(Files.createTempFile(folder, "err", "").toFile());
      Process process = builder.start();
      outputs.put(process, List.of(builder.redirectOutput(), builder.redirectError()));
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Outcome finish(Process process) {
    try {
      if (!process.waitFor(120, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("the command did not end");
      }
      List<ProcessBuilder.Redirect> redirects = Objects.requireNonNull(outputs.remove(process));
      return new Outcome(process.exitValue(), read(redirects.get(0)), read(redirects.get(1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static String read(ProcessBuilder.Redirect redirect) throws IOException {
    return Files.readString(Objects.requireNonNull(redirect.file()).toPath(), ISO_8859_1);
  }
}
