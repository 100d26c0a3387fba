package org.mailkeep.crypto;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.mailkeep.model.error.UsageException;

/**
 * What goes into a key slot that is about to be made.
 *
 * @param repository whose keys they are
 * @param keys to wrap; {@link KeySet#writer} for a slot that shall not read
 * @param label up to 255 bytes of UTF-8 for the list of slots, readable without a key
 * @param created the time, of which the slot keeps whole seconds
 */
public record NewSlot(RepositoryId repository, KeySet keys, String label, Instant created) {

  /** Checks the label. */
  public NewSlot {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(label)
        || label.getBytes(StandardCharsets.UTF_8).length > SlotHeader.MAX_LABEL) {
      throw new UsageException(
          "The key's label is longer than " + SlotHeader.MAX_LABEL + " bytes, or no text",
          "Choose a shorter label.");
    }
    created = created.truncatedTo(ChronoUnit.SECONDS);
  }

  /** A slot that a passphrase opens. */
  public KeySlot lock(Passphrase passphrase, Argon2Cost cost, SecureRandom random) {
    SlotLock lock = new SlotLock.OfPassphrase(cost, salt(random));
    return seal(lock, lock.key(passphrase).orElseThrow(), random);
  }

  /** A slot that a key file opens. */
  public KeySlot lock(KeyFile file, SecureRandom random) {
    SlotLock lock = new SlotLock.OfKeyFile(salt(random));
    return seal(lock, lock.key(file).orElseThrow(), random);
  }

  /** A slot that the holder of the private key opens. */
  public KeySlot lock(RecipientPublicKey recipient, SecureRandom random) {
    byte[] salt = salt(random);
    HybridKem.Sent sent = HybridKem.forSlot(salt).send(recipient.key(), random);
    SecretKey key = new SecretKeySpec(sent.secret(), "AES");
    return seal(new SlotLock.OfRecipient(sent.envelope(), salt), key, random);
  }

  private KeySlot seal(SlotLock lock, SecretKey key, SecureRandom random) {
    SlotId id = SlotId.generate(random);
    SlotHeader header = new SlotHeader(keys.kind(), repository, id, created, label, lock);
    byte[] plaintext = keys.encode();
    AesGcm cipher = new AesGcm(AesGcm.newCipher(), key);
    byte[] wrapped = new byte[plaintext.length + AesGcm.TAG];
    int _ =
        cipher.seal(0, KeySlotEncoding.header(header), plaintext, 0, plaintext.length, wrapped, 0);
    Arrays.fill(plaintext, (byte) 0);
    byte[] mac = keys.mac(Purpose.SLOT, KeySlotEncoding.authenticated(header, wrapped));
    return new KeySlot(header, wrapped, mac);
  }

  private static byte[] salt(SecureRandom random) {
    byte[] salt = new byte[SlotLock.SALT];
    random.nextBytes(salt);
    return salt;
  }
}
