package org.mailkeep.cli.options;

import java.io.Console;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who sits at the terminal, if anybody does. */
public final class Keyboard {

  private Keyboard() {}

  /** Whether a person is there to type. */
  public static boolean isThere() {
    return console() != null;
  }

  /**
   * Asks, and gives what was typed.
   *
   * @param question that is asked
   * @param usual what an empty line stands for
   * @return empty where nobody is there, or input has ended
   */
  public static Optional<String> ask(String question, String usual) {
    @Nullable Console console = console();
    if (console == null) {
      return Optional.empty();
    }
    String typed = console.readLine("%s [%s]: ", question, usual);
    return Optional.ofNullable(typed).map(text -> text.isBlank() ? usual : text.strip());
  }

  @SuppressWarnings("SystemConsoleNull") // JDK 25 gives null again where there is no terminal
  static @Nullable Console console() {
    Console console = System.console();
    return console != null && console.isTerminal() ? console : null;
  }
}
