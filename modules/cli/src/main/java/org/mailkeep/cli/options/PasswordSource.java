package org.mailkeep.cli.options;

import java.io.Console;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailkeep.crypto.Passphrase;
import org.mailkeep.model.error.KeyException;

/** Gets the password from where the user said, or asks for it. */
final class PasswordSource {

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
      return Optional.of(
          wiping(SecretText.fromFile(file.get(), "password", "the option that names it")));
    }
    if (command.isPresent()) {
      return Optional.of(wiping(SecretText.fromCommand(command.get(), "password")));
    }
    return Environment.variable(variable).map(password -> wiping(password.toCharArray()));
  }

  private static Passphrase wiping(byte[] utf8) {
    try {
      return Passphrase.ofUtf8(utf8);
    } finally {
      Arrays.fill(utf8, (byte) 0);
    }
  }

  private static Passphrase wiping(char[] characters) {
    try {
      return Passphrase.of(characters);
    } finally {
      Arrays.fill(characters, '\0');
    }
  }

  /** Asks on the terminal; empty where there is none. */
  Optional<Passphrase> ask(String prompt) {
    @Nullable Console console = Keyboard.console();
    if (console == null) {
      return Optional.empty();
    }
    char[] characters = console.readPassword("%s: ", prompt);
    if (characters == null || characters.length == 0) {
      throw new KeyException("No password was given", "Type one, or press Ctrl-C to stop.");
    }
    return Optional.of(wiping(characters));
  }

  /** Asks twice for a new password; empty where there is no terminal. */
  Optional<Passphrase> askNew(String what) {
    @Nullable Console console = Keyboard.console();
    if (console == null) {
      return Optional.empty();
    }
    char[] first = console.readPassword("New password for %s: ", what);
    char[] second = console.readPassword("The same once more: ");
    if (first == null || first.length == 0 || !Arrays.equals(first, second)) {
      throw new KeyException("The two passwords differ, or are empty", "Try again.");
    }
    Arrays.fill(second, '\0');
    return Optional.of(wiping(first));
  }
}
