package org.mailkeep.engine.export;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an export can be written as. */
public enum ExportFormat {
  /** POSIX.1-2001. */
  TAR("tar", ".tar"),
  /** The same, compressed. */
  TAR_ZST("tar.zst", ".tar.zst"),
  /** For people with other systems. */
  ZIP("zip", ".zip"),
  /** The messages of one folder, mboxrd. */
  MBOX("mbox", ".mbox");

  private final String word;
  private final String suffix;

  ExportFormat(String word, String suffix) {
    this.word = word;
    this.suffix = suffix;
  }

  /** The format that people call so. */
  public static Optional<ExportFormat> named(String word) {
    return Arrays.stream(values()).filter(format -> format.word.equals(word)).findFirst();
  }

  /** The format that a file's name ends with. */
  public static Optional<ExportFormat> ofFile(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(format -> lower.endsWith(format.suffix)).findFirst();
  }

  /** What people call it. */
  @Override
  public String toString() {
    return word;
  }
}
