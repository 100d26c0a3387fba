package org.mailkeep.repository.state;

import java.io.IOException;
import java.nio.file.Path;

/** Another process that has a state open until its input ends. */
final class StateHolder {

  static final String OPEN = "open";

  private StateHolder() {}

  public static void main(String[] arguments) throws IOException {
    try (StateDatabase _ = StateDatabase.open(Path.of(arguments[0]))) {
      System.out.println(OPEN);
      int _ = System.in.read();
    }
  }
}
