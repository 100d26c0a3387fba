package org.mailkeep.cli.options;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import org.mailkeep.cli.output.QrText;
import org.mailkeep.crypto.PaperKey;
import org.mailkeep.model.RawText;
import org.mailkeep.model.error.KeyException;

/** The paper form of the full key, in files and on standard input. */
public final class PaperFile {

  private static final int MAX_BYTES = 1 << 20;

  private PaperFile() {}

  /**
   * A page to print. No line of its text begins with a number, for those are the key.
   *
   * @param place where the repository is
   */
  public static String page(PaperKey key, String place) {
    return "Mailkeep: the full key of repository "
        + key.repository()
        + "\nIt was in "
        + RawText.display(place)
        + " when this was printed, on "
        + LocalDate.now(ZoneId.systemDefault())
        + ".\n\n"
        + "Whoever has this paper can read the backups. When all passwords and key files\n"
        + "are lost, type the lines below into a file, with their numbers; capitals and\n"
        + "blanks do not matter. Then run, and choose a new password:\n\n"
        + "    mailkeep key import FILE\n\n"
        + "A mistake is found, and the line with it named.\n\n"
        + key.text();
  }

  /** The same key to be read by a camera; what it reads is typed by nobody, but imported alike. */
  public static String code(PaperKey key) {
    return QrText.of(key.code());
  }

  /** Writes a page to a new file that only its owner may read. */
  public static void write(Path file, String page) {
    KeyFiles.writeSecret(file, page);
  }

  /**
   * Reads a key from a file.
   *
   * @param file - for what is given on standard input
   */
  public static PaperKey read(String file) {
    return PaperKey.parse(
        file.equals("-") ? input() : KeyFiles.text(Path.of(file), "The paper key", "FILE"));
  }

  private static String input() {
    // Not closed: it is not ours.
    InputStream in = System.in;
    try {
      return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new KeyException("Standard input cannot be read: " + e.getMessage(), "", e);
    }
  }
}
