package org.mailkeep.crypto;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.encoding.MalformedException;
import org.mailkeep.model.error.KeyException;

/**
 * A recipient's private key that a passphrase opens. As text it is one line: {@code
 * mailkeep-locked-1-} and 269 digits of base 32, which are these bytes and the first four bytes of
 * their SHA-256. Immutable.
 *
 * <pre>
 * recipient id    8   of the public key
 * Argon2id       12   memory in KiB (4), passes (4), lanes (4)
 * salt           32
 * sealed key    112   X25519 private key (32) and ML-KEM-768 seed (64) under AES-256-GCM with the
 *                     key that Argon2id makes of passphrase and salt; 12 zero bytes as nonce; the
 *                     52 bytes before as additional data; the tag at the end
 * </pre>
 */
public final class LockedPrivateKey {

  private static final int HEAD = DataKeyId.LENGTH + 12 + SlotLock.SALT;

  /** The length in bytes. */
  static final int LENGTH = HEAD + HybridPrivateKey.LENGTH + BlockSealer.OVERHEAD;

  private final byte[] bytes;
  private final DataKeyId recipient;
  private final Argon2Cost cost;
  private final byte[] salt;

  private LockedPrivateKey(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    this.bytes = bytes;
    this.recipient = DataKeyId.read(in);
    this.cost = Argon2Cost.read(in);
    this.salt = in.raw(SlotLock.SALT);
  }

  /** Locks a private key. */
  public static LockedPrivateKey lock(
      RecipientPrivateKey key, Passphrase passphrase, Argon2Cost cost, SecureRandom random) {
    byte[] salt = new byte[SlotLock.SALT];
    random.nextBytes(salt);
    ByteWriter out = new ByteWriter(LENGTH);
    key.publicKey().id().write(out);
    cost.write(out);
    byte[] head = out.raw(salt).toByteArray();
    ByteWriter plain = new ByteWriter(HybridPrivateKey.LENGTH);
    key.key().write(plain);
    byte[] plaintext = plain.toByteArray();
    byte[] sealed = new byte[plaintext.length + AesGcm.TAG];
    AesGcm cipher = new AesGcm(AesGcm.newCipher(), cost.key(passphrase.utf8(), salt));
    int _ = cipher.seal(0, head, plaintext, 0, plaintext.length, sealed, 0);
    Arrays.fill(plaintext, (byte) 0);
    return new LockedPrivateKey(out.raw(sealed).toByteArray());
  }

  /** Whether a text holds a key of this kind, right or wrong. */
  public static boolean isIn(String text) {
    return KeyText.RECIPIENT_LOCKED.isIn(text);
  }

  /**
   * Reads what {@link #text} wrote; lines that begin with {@code #} are comments.
   *
   * @throws KeyException if it is something else or a character is wrong
   */
  public static LockedPrivateKey parse(String text) {
    byte[] bytes = KeyText.RECIPIENT_LOCKED.decode(text);
    try {
      return new LockedPrivateKey(bytes);
    } catch (MalformedException e) {
      throw new KeyException(
          "The recipient's locked private key is not one: " + e.getMessage(),
          "Take it from a copy.",
          e);
    }
  }

  /** The line that goes into a file, with its line end. */
  public String text() {
    return KeyText.RECIPIENT_LOCKED.encode(bytes);
  }

  /** The private key; empty if the passphrase is wrong. */
  public Optional<RecipientPrivateKey> open(Passphrase passphrase) {
    byte[] head = Arrays.copyOf(bytes, HEAD);
    byte[] sealed = Arrays.copyOfRange(bytes, HEAD, LENGTH);
    try {
      byte[] plaintext = new BlockOpener(cost.key(passphrase.utf8(), salt)).open(0, head, sealed);
      return Optional.of(RecipientPrivateKey.of(plaintext))
          .filter(key -> key.publicKey().id().equals(recipient));
    } catch (SealBrokenException e) {
      return Optional.empty();
    }
  }

  /** Names the public key only. */
  @Override
  public String toString() {
    return "locked private key of recipient " + recipient;
  }
}
