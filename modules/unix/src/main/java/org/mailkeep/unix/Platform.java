package org.mailkeep.unix;

import org.mailkeep.model.error.RefusedException;

/** The systems on which this module's constants and structure layouts hold. */
public final class Platform {

  private Platform() {}

  /**
   * Checks that this is Linux on x86-64 or aarch64.
   *
   * @throws RefusedException on any other system
   */
  public static void require() {
    architecture();
  }

  static Architecture architecture() {
    return architecture(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
  }

  static Architecture architecture(String system, String processor) {
    if (system.equals("Linux")) {
      switch (processor) {
        case "amd64", "x86_64" -> {
          return Architecture.X86_64;
        }
        case "aarch64" -> {
          return Architecture.AARCH64;
        }
        default -> {}
      }
    }
    throw new RefusedException(
        "Mailkeep does not know how to call " + system + " on " + processor + ".",
        "Run it on Linux, on an x86-64 or aarch64 processor.");
  }
}
