package org.mailkeep.fire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** How long it burns, and what came of it. */
final class Fire {

  private static final String FIGURES = System.getProperty("fire.figures", "target/figures");

  private Fire() {}

  /** So many rounds, or as many times as many as was asked for. */
  static int rounds(int usual) {
    return Math.max(1, (int) (usual * Double.parseDouble(System.getProperty("fire.scale", "1"))));
  }

  /** Whether system calls of a command can be seen and made to fail. */
  static boolean canTrace() {
    return has("strace") && works("strace --seccomp-bpf -f -qq -o /dev/null true");
  }

  /** Random numbers that are the same in each run with the same seed. */
  static SplittableRandom random(String test) {
    long seed = Long.getLong("fire.seed", 1);
    System.out.println(test + ": -Dfire.seed=" + seed);
    return new SplittableRandom(seed * 1_000_003 + test.hashCode());
  }

  /** Prints a line of figures, and keeps it for who makes the table of docs/under-fire.md. */
  @SuppressWarnings("AnnotateFormatMethod") // Would be a dependency for one annotation.
  static void figure(String kind, String format, Object... values) {
    String line = kind + ": " + format.formatted(values) + "\n";
    System.out.print(line);
    try {
      Path folder = Files.createDirectories(Path.of(FIGURES));
      Files.writeString(folder.resolve("figures.txt"), line, UTF_8, CREATE, APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether files can be given to others here. */
  static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  /** Whether a program is installed. */
  static boolean has(String program) {
    for (String folder : new String[] {"/usr/bin/", "/usr/sbin/", "/bin/", "/sbin/"}) {
      if (Files.isExecutable(Path.of(folder + program))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a command does here what it is for: some machines do not let even root trace or mount.
   */
  static boolean works(String command) {
    try {
      return new ProcessBuilder("/bin/sh", "-c", command)
              .redirectErrorStream(true)
              .redirectOutput(Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
