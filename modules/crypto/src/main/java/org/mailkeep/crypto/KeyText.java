package org.mailkeep.crypto;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.encoding.MalformedException;
import org.mailkeep.model.error.KeyException;

/**
 * Keys as text: one line of {@code mailkeep-}, the kind, {@code -1-} and {@link Base32} of the
 * key's bytes and the first four bytes of their SHA-256. Empty lines, lines that begin with {@code
 * #}, and blanks around the line do not count; upper case is read like lower case.
 */
enum KeyText {
  KEY_FILE("key", "key file", 32),
  RECIPIENT_PUBLIC("recipient", "recipient's public key", HybridPublicKey.LENGTH),
  RECIPIENT_PRIVATE("private", "recipient's private key", HybridPrivateKey.LENGTH),
  RECIPIENT_LOCKED("locked", "recipient's locked private key", LockedPrivateKey.LENGTH);

  private static final int CHECKSUM = 4;

  private final String stem;
  private final String name;
  private final int length;

  KeyText(String kind, String name, int length) {
    this.stem = "mailkeep-" + kind + "-";
    this.name = name;
    this.length = length;
  }

  /** Whether a text has a key of this kind. */
  boolean isIn(String text) {
    return text.lines().anyMatch(line -> line.strip().toLowerCase(Locale.ROOT).startsWith(stem));
  }

  /** The line, with its line end. */
  String encode(byte[] key) {
    byte[] sum = Sha256.prefix(key, CHECKSUM);
    byte[] all = new ByteWriter(length + CHECKSUM).raw(key).raw(sum).toByteArray();
    return stem + "1-" + Base32.encode(all) + "\n";
  }

  /**
   * The key's bytes.
   *
   * @throws KeyException that says what is wrong and quotes nothing of the text
   */
  byte[] decode(String text) {
    List<String> lines =
        text.lines().map(String::strip).filter(l -> !l.isEmpty() && !l.startsWith("#")).toList();
    if (lines.size() != 1) {
      throw wrong("it has " + lines.size() + " lines that are no comment, not one");
    }
    String line = lines.getFirst().toLowerCase(Locale.ROOT);
    if (!line.startsWith(stem)) {
      throw wrong("its line does not begin with " + stem);
    }
    if (!line.startsWith("1-", stem.length())) {
      throw wrong("it is of another version than 1");
    }
    byte[] all = decodeLine(line.substring(stem.length() + 2));
    byte[] key = Arrays.copyOf(all, length);
    if (!Arrays.equals(all, length, all.length, Sha256.prefix(key, CHECKSUM), 0, CHECKSUM)) {
      throw wrong("its checksum does not match: a character is wrong");
    }
    return key;
  }

  private byte[] decodeLine(String digits) {
    int expected = ((length + CHECKSUM) * 8 + 4) / 5;
    if (digits.length() != expected) {
      throw wrong("it has " + digits.length() + " digits, not " + expected);
    }
    try {
      return Base32.decode(digits);
    } catch (MalformedException e) {
      throw wrong(e.getMessage());
    }
  }

  private KeyException wrong(@Nullable String detail) {
    return new KeyException(
        "The " + name + " cannot be read: " + detail, "Copy it again, all of it and unchanged.");
  }
}
