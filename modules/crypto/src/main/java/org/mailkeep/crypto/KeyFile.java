package org.mailkeep.crypto;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import org.mailkeep.model.error.KeyException;

/**
 * 32 random bytes that open a key slot, for hosts that run without a person. As text it is one
 * line: {@code mailkeep-key-1-} and 58 digits of base 32 (RFC 4648, lower case, no padding), which
 * are the 32 bytes and the first four bytes of their SHA-256. Immutable; never printed but by
 * {@link #text}.
 */
public final class KeyFile implements SlotSecret {

  private static final int LENGTH = 32;

  private final byte[] secret;

  private KeyFile(byte[] secret) {
    this.secret = secret;
  }

  /** A new one. */
  public static KeyFile generate(SecureRandom random) {
    byte[] secret = new byte[LENGTH];
    random.nextBytes(secret);
    return new KeyFile(secret);
  }

  /**
   * Reads what {@link #text} wrote; lines that begin with {@code #} are comments.
   *
   * @throws KeyException if it is something else or a character is wrong
   */
  public static KeyFile parse(String text) {
    return new KeyFile(KeyText.KEY_FILE.decode(text));
  }

  /** The line that goes into the file, with its line end. */
  public String text() {
    return KeyText.KEY_FILE.encode(secret);
  }

  /** The 32 bytes themselves, not a copy. */
  byte[] secret() {
    return secret;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyFile that && MessageDigest.isEqual(secret, that.secret);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(secret);
  }

  /** Says nothing of what the key is. */
  @Override
  public String toString() {
    return "a key file";
  }
}
