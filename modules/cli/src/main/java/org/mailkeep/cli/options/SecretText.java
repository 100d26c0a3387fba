package org.mailkeep.cli.options;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.mailkeep.model.error.KeyException;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.unix.ShellCommand;

/**
 * Reads a secret from the first line of a file or of what a command prints. No copy of it stays in
 * memory but the one that the caller gets, and wipes; except that of what a command prints Java's
 * pipe has copies of its own.
 */
final class SecretText {

  /** Also what a device without end gives: a line that is longer is no secret. */
  private static final int MAX_BYTES = 64 << 10;

  private SecretText() {}

  /**
   * From a file.
   *
   * @param what such as "password", for messages
   * @param option the option that named the file, or words for it
   */
  static byte[] fromFile(Path file, String what, String option) {
    // Into this buffer the kernel itself writes; one on the heap is filled through another one,
    // which Java keeps.
    ByteBuffer direct = ByteBuffer.allocateDirect(MAX_BYTES);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      int n = 0;
      while (n >= 0 && direct.hasRemaining()) {
        n = channel.read(direct);
      }
      byte[] bytes = new byte[direct.flip().remaining()];
      direct.get(bytes);
      return firstLine(bytes, bytes.length, what, file.toString());
    } catch (IOException e) {
      throw new KeyException(
          "The " + what + " file " + file + " cannot be read: " + e.getMessage(),
          "Check " + option + ".",
          e);
    } finally {
      direct.clear().put(new byte[MAX_BYTES]);
    }
  }

  /** From a command, which must end with status 0; it may ask on the terminal. */
  static byte[] fromCommand(String command, String what) {
    try {
      Process process =
          ShellCommand.of(command)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .start();
      byte[] output = new byte[MAX_BYTES];
      int length = readAll(process.getInputStream(), output);
      int status = process.waitFor();
      if (status != 0) {
        Arrays.fill(output, (byte) 0);
        throw new KeyException(
            "The " + what + " command ended with status " + status,
            "Run it by hand: it must print the " + what + " and end with status 0.");
      }
      return firstLine(output, length, what, "the " + what + " command's output");
    } catch (IOException e) {
      throw new KeyException("The " + what + " command cannot be run", "Check it.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KeyException("Interrupted while the " + what + " command ran", "", e);
    }
  }

  /** Fills the array as far as it goes. */
  private static int readAll(InputStream in, byte[] into) throws IOException {
    try (in) {
      return in.readNBytes(into, 0, into.length);
    }
  }

  /** A copy of the first line; all of the bytes are wiped. */
  private static byte[] firstLine(byte[] bytes, int length, String what, String where) {
    int end = 0;
    while (end < length && bytes[end] != '\n' && bytes[end] != '\r') {
      end++;
    }
    byte[] line = Arrays.copyOf(bytes, end);
    Arrays.fill(bytes, (byte) 0);
    if (end == 0) {
      throw new UsageException("There is no " + what + " in " + where, "Put it on the first line.");
    }
    if (end == MAX_BYTES) {
      Arrays.fill(line, (byte) 0);
      throw new UsageException(
          "The first line of " + where + " is longer than any " + what, "Check what it is.");
    }
    return line;
  }
}
