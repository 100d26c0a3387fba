package org.mailkeep.crypto;

import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.encoding.MalformedException;
import org.mailkeep.model.error.KeyException;

/**
 * To whom a key slot can be addressed without sharing a secret first: X25519 and ML-KEM-768, as a
 * data key's public part. As text it is one line: {@code mailkeep-recipient-1-} and 1,952 digits of
 * base 32, which are the 1,216 bytes and the first four bytes of their SHA-256.
 */
public final class RecipientPublicKey {

  private final HybridPublicKey key;

  RecipientPublicKey(HybridPublicKey key) {
    this.key = key;
  }

  /**
   * Reads what {@link #text} wrote; lines that begin with {@code #} are comments.
   *
   * @throws KeyException if it is something else or a character is wrong
   */
  public static RecipientPublicKey parse(String text) {
    byte[] bytes = KeyText.RECIPIENT_PUBLIC.decode(text);
    try {
      return new RecipientPublicKey(HybridPublicKey.read(new ByteReader(bytes)));
    } catch (MalformedException e) {
      throw new KeyException(
          "The recipient's public key is not one: " + e.getMessage(),
          "Ask its owner for a new public key.",
          e);
    }
  }

  /** The line to hand out, with its line end. */
  public String text() {
    ByteWriter out = new ByteWriter(HybridPublicKey.LENGTH);
    key.write(out);
    return KeyText.RECIPIENT_PUBLIC.encode(out.toByteArray());
  }

  /** Tells recipients apart: the first eight bytes of SHA-256 over the 1,216 bytes. */
  public DataKeyId id() {
    return key.id();
  }

  HybridPublicKey key() {
    return key;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RecipientPublicKey that && key.equals(that.key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }

  @Override
  public String toString() {
    return "recipient " + key.id();
  }
}
