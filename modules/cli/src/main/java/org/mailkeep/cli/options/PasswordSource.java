package org.mailkeep.cli.options;

import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailkeep.crypto.Passphrase;
import org.mailkeep.model.error.KeyException;
import org.mailkeep.model.error.UsageException;

/** Gets the password from where the user said, or asks for it. */
final class PasswordSource {

  private static final int MAX_BYTES = 4096;

  private final Optional<Path> file;
  private final Optional<String> command;
  private final String variable;

  /**
   * @param file whose first line is the password
   * @param command that prints it
   * @param variable of the environment that may hold it
   */
  PasswordSource(Optional<Path> file, Optional<String> command, String variable) {
    this.file = file;
    this.command = command;
    this.variable = variable;
  }

  /** The password from a file, a command or the environment; empty where none is named. */
  Optional<Passphrase> given() {
    if (file.isPresent()) {
      return Optional.of(fromFile(file.get()));
    }
    if (command.isPresent()) {
      return Optional.of(fromCommand(command.get()));
    }
    return RepositoryOptions.environment(variable)
        .map(password -> Passphrase.of(password.toCharArray()));
  }

  /** Asks on the terminal; empty where there is none. */
  Optional<Passphrase> ask(String prompt) {
    @Nullable Console console = console();
    if (console == null) {
      return Optional.empty();
    }
    char[] characters = console.readPassword("%s: ", prompt);
    if (characters == null || characters.length == 0) {
      throw new KeyException("No password was given", "Type one, or press Ctrl-C to stop.");
    }
    Passphrase passphrase = Passphrase.of(characters);
    Arrays.fill(characters, '\0');
    return Optional.of(passphrase);
  }

  /** Asks twice for a new password; empty where there is no terminal. */
  Optional<Passphrase> askNew(String what) {
    @Nullable Console console = console();
    if (console == null) {
      return Optional.empty();
    }
    char[] first = console.readPassword("New password for %s: ", what);
    char[] second = console.readPassword("The same once more: ");
    if (first == null || first.length == 0 || !Arrays.equals(first, second)) {
      throw new KeyException("The two passwords differ, or are empty", "Try again.");
    }
    return Optional.of(Passphrase.of(first));
  }

  /** The terminal, if a person is there to type on it. */
  @SuppressWarnings("SystemConsoleNull") // JDK 25 gives null again where there is no terminal
  private static @Nullable Console console() {
    Console console = System.console();
    return console != null && console.isTerminal() ? console : null;
  }

  private static Passphrase fromFile(Path file) {
    try {
      return firstLine(Files.readAllBytes(file), file.toString());
    } catch (IOException e) {
      throw new KeyException(
          "The password file " + file + " cannot be read: " + e.getMessage(),
          "Check the option that names it.",
          e);
    }
  }

  private static Passphrase fromCommand(String command) {
    try {
      Process process =
          new ProcessBuilder("/bin/sh", "-c", command)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .start();
      byte[] output = readAll(process.getInputStream());
      int status = process.waitFor();
      if (status != 0) {
        throw new KeyException(
            "The password command ended with status " + status,
            "Run it by hand: it must print the password and end with status 0.");
      }
      return firstLine(output, "the password command's output");
    } catch (IOException e) {
      throw new KeyException("The password command cannot be run", "Check it.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KeyException("Interrupted while the password command ran", "", e);
    }
  }

  private static byte[] readAll(InputStream in) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(in.readNBytes(MAX_BYTES));
    return out.toByteArray();
  }

  private static Passphrase firstLine(byte[] bytes, String where) {
    int end = 0;
    while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') {
      end++;
    }
    if (end == 0) {
      throw new UsageException("There is no password in " + where, "Put it on the first line.");
    }
    byte[] line = Arrays.copyOf(bytes, end);
    Arrays.fill(bytes, (byte) 0);
    return Passphrase.ofUtf8(line);
  }
}
