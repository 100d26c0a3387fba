package org.mailkeep.crypto;

import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.encoding.MalformedException;

/**
 * The part of a slot's header that differs by kind: how its secret becomes the key that wraps the
 * key set.
 *
 * <pre>
 * passphrase (1)  memory in KiB (4), passes (4), lanes (4), salt (32)
 *                 key = Argon2id 1.3 of the passphrase in UTF-8, form NFC, and the salt, 32 bytes
 * key file (2)    salt (32)
 *                 key = HKDF-SHA-256(the file's 32 bytes, salt, "mailkeep 1 slot key file")
 * recipient (3)   envelope (1,128), salt (32)
 *                 key = the hybrid secret with the use "slot recipient" and the salt
 * </pre>
 */
sealed interface SlotLock {

  /** The length of a salt in bytes. */
  int SALT = 32;

  SlotKind kind();

  void write(ByteWriter out);

  /** The wrapping key; empty if the secret is of another kind or certainly a wrong one. */
  Optional<SecretKey> key(SlotSecret secret);

  static SlotLock read(int kind, ByteReader in) {
    return switch (kind) {
      case 1 -> new OfPassphrase(Argon2Cost.read(in), in.raw(SALT));
      case 2 -> new OfKeyFile(in.raw(SALT));
      case 3 -> new OfRecipient(Envelope.read(in), in.raw(SALT));
      default -> throw new MalformedException("no kind of key slot: " + kind);
    };
  }

  /** A passphrase, stretched by Argon2id. */
  final class OfPassphrase implements SlotLock {

    private final Argon2Cost cost;
    private final byte[] salt;

    OfPassphrase(Argon2Cost cost, byte[] salt) {
      this.cost = cost;
      this.salt = salt;
    }

    @Override
    public SlotKind kind() {
      return SlotKind.PASSPHRASE;
    }

    @Override
    public void write(ByteWriter out) {
      cost.write(out);
      out.raw(salt);
    }

    @Override
    public Optional<SecretKey> key(SlotSecret secret) {
      return secret instanceof Passphrase passphrase
          ? Optional.of(cost.key(passphrase.utf8(), salt))
          : Optional.empty();
    }
  }

  /** A key file, which needs no stretching. */
  final class OfKeyFile implements SlotLock {

    private final byte[] salt;

    OfKeyFile(byte[] salt) {
      this.salt = salt;
    }

    @Override
    public SlotKind kind() {
      return SlotKind.KEY_FILE;
    }

    @Override
    public void write(ByteWriter out) {
      out.raw(salt);
    }

    @Override
    public Optional<SecretKey> key(SlotSecret secret) {
      return secret instanceof KeyFile file
          ? Optional.of(Hkdf.aesKey(file.secret(), salt, Hkdf.info("slot key file")))
          : Optional.empty();
    }
  }

  /** A recipient's public key. */
  final class OfRecipient implements SlotLock {

    private final Envelope envelope;
    private final byte[] salt;

    OfRecipient(Envelope envelope, byte[] salt) {
      this.envelope = envelope;
      this.salt = salt;
    }

    DataKeyId recipient() {
      return envelope.dataKey();
    }

    @Override
    public SlotKind kind() {
      return SlotKind.RECIPIENT;
    }

    @Override
    public void write(ByteWriter out) {
      envelope.write(out);
      out.raw(salt);
    }

    @Override
    public Optional<SecretKey> key(SlotSecret secret) {
      if (!(secret instanceof RecipientPrivateKey recipient)
          || !recipient.publicKey().id().equals(envelope.dataKey())) {
        return Optional.empty();
      }
      try {
        byte[] shared = HybridKem.forSlot(salt).receive(recipient.key(), envelope);
        return Optional.of(new SecretKeySpec(shared, "AES"));
      } catch (SealBrokenException e) {
        return Optional.empty();
      }
    }
  }
}
