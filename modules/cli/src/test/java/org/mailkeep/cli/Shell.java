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
import org.mailkeep.cli.options.PassphraseCost;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.crypto.Argon2Cost;
import org.mailkeep.engine.Cancellation;

/**
 * Runs the program as a shell does, with an environment of its own and no terminal: in this virtual
 * machine where only what it says and does matters, which is ten times faster, or in a process.
 */
public final class Shell {

  /** What a command did. */
  public record Outcome(int exit, String out, String err) {}

  // A passphrase of a test is guessed by nobody, and half a second a command adds up.
  private static final Argon2Cost CHEAP = new Argon2Cost(8, 1, 1);

  private final Path folder;
  private int heap = 128;
  private final Map<String, String> environment = new TreeMap<>();
  private final Map<Process, List<ProcessBuilder.Redirect>> outputs = new ConcurrentHashMap<>();

  /** Everything that the program keeps goes below this folder. */
  public Shell(Path folder) {
    this.folder = folder;
    environment.put("LANG", "C");
    environment.put("HOME", folder.toString());
    environment.put("MAILKEEP_REPOSITORY", folder.resolve("repo").toString());
    environment.put("MAILKEEP_STATE_DIR", folder.resolve("state").toString());
    environment.put("MAILKEEP_KEY_FILE", folder.resolve("key").toString());
  }

  /** The same shell, with a variable set. */
  public Shell with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** The same shell, without a variable. */
  public Shell without(String name) {
    environment.remove(name);
    return this;
  }

  /** The same shell, whose processes have a heap of so many MiB. */
  public Shell withHeap(int mebibytes) {
    heap = mebibytes;
    return this;
  }

  /** Runs a command in this virtual machine. */
  public Outcome mailkeep(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit =
        Environment.of(environment)
            .call(
                () ->
                    PassphraseCost.lockingWith(
                        CHEAP,
                        () -> Main.run(arguments, Terminal.ofPipes(out, err), new Cancellation())));
    return new Outcome(exit, out.toString(ISO_8859_1), err.toString(ISO_8859_1));
  }

  /** Runs a command in a process, with no locale. */
  public Outcome process(String... arguments) {
    return finish(start(arguments));
  }

  /** Runs a line of shell in which $MAILKEEP stands for the program. */
  public Outcome line(String line) {
    return finish(startLine(line));
  }

  /** Starts a line of shell in which $MAILKEEP stands for the program. */
  public Process startLine(String line) {
    return start(List.of("/bin/sh", "-c", line));
  }

  /** Starts a command in a process; {@link #finish} waits for it. */
  public Process start(String... arguments) {
    return start(command(List.of(arguments)));
  }

  private List<String> command(List<String> arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx" + heap + "m",
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
      builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
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

  /** Waits until the process has ended. */
  public Outcome finish(Process process) {
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
    Path file = Objects.requireNonNull(redirect.file()).toPath();
    String text = Files.readString(file, ISO_8859_1);
    Files.delete(file);
    return text;
  }
}
