package org.mailkeep.cli.options;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.mailkeep.model.error.KeyException;
import org.mailkeep.model.error.UsageException;

/** Reads a secret from the first line of a file or of what a command prints. */
final class SecretText {

  private static final int MAX_BYTES = 4096;

  private SecretText() {}

  /**
   * From a file.
   *
   * @param what such as "password", for messages
   * @param option the option that named the file, or words for it
   */
  static byte[] fromFile(Path file, String what, String option) {
    try {
      return firstLine(Files.readAllBytes(file), what, file.toString());
    } catch (IOException e) {
      throw new KeyException(
          "The " + what + " file " + file + " cannot be read: " + e.getMessage(),
          "Check " + option + ".",
          e);
    }
  }

  /** From a command, which must end with status 0; it may ask on the terminal. */
  static byte[] fromCommand(String command, String what) {
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
            "The " + what + " command ended with status " + status,
            "Run it by hand: it must print the " + what + " and end with status 0.");
      }
      return firstLine(output, what, "the " + what + " command's output");
    } catch (IOException e) {
      throw new KeyException("The " + what + " command cannot be run", "Check it.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KeyException("Interrupted while the " + what + " command ran", "", e);
    }
  }

  private static byte[] readAll(InputStream in) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(in.readNBytes(MAX_BYTES));
    return out.toByteArray();
  }

  private static byte[] firstLine(byte[] bytes, String what, String where) {
    int end = 0;
    while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') {
      end++;
    }
    if (end == 0) {
      throw new UsageException("There is no " + what + " in " + where, "Put it on the first line.");
    }
    byte[] line = Arrays.copyOf(bytes, end);
    Arrays.fill(bytes, (byte) 0);
    return line;
  }
}
