package org.mailkeep.crypto;

import java.security.SecureRandom;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.error.KeyException;

/**
 * Opens the key slots addressed to its public key, which is computed from it. As text it is one
 * line: {@code mailkeep-private-1-} and 160 digits of base 32, which are the X25519 private key (32
 * bytes), the ML-KEM-768 seed (64 bytes) and the first four bytes of SHA-256 over both. Immutable;
 * never printed but by {@link #text}.
 */
public final class RecipientPrivateKey implements SlotSecret {

  private final HybridPrivateKey key;

  private RecipientPrivateKey(HybridPrivateKey key) {
    this.key = key;
  }

  /** A new one. */
  public static RecipientPrivateKey generate(SecureRandom random) {
    return new RecipientPrivateKey(HybridPrivateKey.generate(random));
  }

  /**
   * Reads what {@link #text} wrote; lines that begin with {@code #} are comments.
   *
   * @throws KeyException if it is something else or a character is wrong
   */
  public static RecipientPrivateKey parse(String text) {
    return of(KeyText.RECIPIENT_PRIVATE.decode(text));
  }

  /** The key of its 96 bytes. */
  static RecipientPrivateKey of(byte[] bytes) {
    return new RecipientPrivateKey(HybridPrivateKey.read(new ByteReader(bytes)));
  }

  /** The line that goes into a file, with its line end. */
  public String text() {
    ByteWriter out = new ByteWriter(HybridPrivateKey.LENGTH);
    key.write(out);
    return KeyText.RECIPIENT_PRIVATE.encode(out.toByteArray());
  }

  /** The half to hand out. */
  public RecipientPublicKey publicKey() {
    return new RecipientPublicKey(key.publicKey());
  }

  HybridPrivateKey key() {
    return key;
  }

  /** Names the public key only. */
  @Override
  public String toString() {
    return "private key of " + publicKey();
  }
}
