package org.mailkeep.crypto;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.mailkeep.model.encoding.MalformedException;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.TooNewException;

/**
 * A key set wrapped by one secret, stored as {@code keys/} and the slot's id. {@link NewSlot} makes
 * them. Immutable.
 *
 * <pre>
 * magic           4   "MKEY"
 * version         1   1
 * slot kind       1   1 passphrase, 2 key file, 3 recipient
 * set kind        1   1 full, 2 writer
 * repository id  16
 * slot id        16   random
 * created         8   seconds since 1970, to the year 9999
 * label               a varint of up to 255, and so many bytes of UTF-8
 * lock                by slot kind:
 *                     1  memory in KiB (4), passes (4), lanes (4), salt (32): Argon2id
 *                     2  salt (32)
 *                     3  {@link Envelope} (1,128), salt (32)
 *                     the header ends here
 * key set             a varint of up to 2^20, and so many bytes: the {@link KeySet} under
 *                     AES-256-GCM with the wrapping key, 12 zero bytes as nonce, the header as
 *                     additional data, the tag at the end
 * authentication 32   {@link KeySet#mac} for {@link Purpose#SLOT} over everything before
 * checksum       32   SHA-256 over everything before
 * </pre>
 *
 * <p>The wrapping key is new for every slot, for the salt is. It is, by kind: Argon2id 1.3 (RFC
 * 9106) of the passphrase and the salt, 32 bytes; HKDF-SHA-256 of the key file's 32 bytes with the
 * salt and the info "mailkeep 1 slot key file"; the hybrid secret of the envelope (X25519 and
 * ML-KEM-768) with the salt and the use "slot recipient".
 *
 * <p>The checksum tells damage from a wrong secret before any key is known; magic, version and
 * checksum stay in place in later versions. The authentication lets every holder of a key set check
 * every slot, also those he cannot open.
 */
public final class KeySlot {

  private final SlotHeader header;
  private final byte[] wrapped;
  private final byte[] mac;

  KeySlot(SlotHeader header, byte[] wrapped, byte[] mac) {
    this.header = header;
    this.wrapped = wrapped;
    this.mac = mac;
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @param objectName the name under which the slot is stored, for messages
   * @throws DamagedException if the checksum or the layout is wrong
   * @throws TooNewException if it is intact and of a later version
   */
  public static KeySlot parse(String objectName, byte[] bytes) {
    return KeySlotEncoding.parse(objectName, bytes);
  }

  /** The bytes to store. */
  public byte[] encode() {
    return KeySlotEncoding.encode(header, wrapped, mac);
  }

  /**
   * Unwraps the key set.
   *
   * @return empty if the secret is not the right one or of another kind than {@link #kind}
   * @throws DamagedException if it unwraps, and yet the slot is not as it was made
   */
  public Optional<KeySet> open(SlotSecret secret) {
    Optional<SecretKey> key = header.lock().key(secret);
    if (key.isEmpty()) {
      return Optional.empty();
    }
    byte[] plaintext;
    try {
      plaintext = new BlockOpener(key.get()).open(0, KeySlotEncoding.header(header), wrapped);
    } catch (SealBrokenException e) {
      return Optional.empty();
    }
    KeySet keys = decode(plaintext);
    Arrays.fill(plaintext, (byte) 0);
    if (keys.kind() != holds() || !isAuthentic(keys)) {
      throw new DamagedException(objectName(), "its authentication code is wrong");
    }
    return Optional.of(keys);
  }

  private KeySet decode(byte[] plaintext) {
    try {
      return KeySet.decode(plaintext);
    } catch (MalformedException e) {
      throw new DamagedException(objectName(), String.valueOf(e.getMessage()));
    }
  }

  /** Whether a holder of the same repository's keys made this slot, and nobody changed it. */
  public boolean isAuthentic(KeySet keys) {
    byte[] expected = keys.mac(Purpose.SLOT, KeySlotEncoding.authenticated(header, wrapped));
    return MessageDigest.isEqual(expected, mac);
  }

  /** The name under which the slot is to be stored. */
  public String objectName() {
    return "keys/" + header.id();
  }

  /** The slot's own id. */
  public SlotId id() {
    return header.id();
  }

  /** The repository whose keys it holds. */
  public RepositoryId repository() {
    return header.repository();
  }

  /** With what it is opened. */
  public SlotKind kind() {
    return header.lock().kind();
  }

  /** What its key set is good for. */
  public KeySetKind holds() {
    return header.holds();
  }

  /**
   * How many data keys its key set holds, which its length tells without a key. Slots from before a
   * rotation of the data key hold fewer than later ones.
   */
  public int dataKeys() {
    return KeySetEncoding.dataKeys(holds(), wrapped.length - BlockSealer.OVERHEAD);
  }

  /** Whether this recipient's private key is meant to open it. */
  public boolean isFor(RecipientPublicKey recipient) {
    return header.lock() instanceof SlotLock.OfRecipient lock
        && lock.recipient().equals(recipient.id());
  }

  /** When it was made, to the second. */
  public Instant created() {
    return header.created();
  }

  /** What its maker called it; any text. */
  public String label() {
    return header.label();
  }
}
