package org.mailkeep.crypto;

import java.security.SecureRandom;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.error.KeyException;

/**
 * Agrees on a secret of 32 bytes by X25519 and ML-KEM-768 at once:
 *
 * <pre>
 * secret = HKDF-SHA-256(
 *     input  = ML-KEM secret (32) || X25519 secret (32) || shared secret (0 or 32),
 *     salt,
 *     info   = "mailkeep 1 " || use || ML-KEM ciphertext (1,088) || ephemeral public key (32)
 *              || recipient's X25519 public key (32) || recipient's data key id (8))
 * </pre>
 *
 * <p>The shape is X-Wing's (draft-connolly-cfrg-xwing-kem), with HKDF, with the ciphertext in the
 * info, so that nothing rests on how ML-KEM binds it, and with a place for a secret that both sides
 * have already.
 */
final class HybridKem {

  private final byte[] info;
  private final byte[] salt;
  private final byte[] shared;

  private HybridKem(String use, byte[] salt, byte[] shared) {
    this.info = Hkdf.info(use);
    this.salt = salt;
    this.shared = shared;
  }

  /** For objects: the use is "kem", there is no salt, and the seal key is the shared secret. */
  static HybridKem forObjects(byte[] sealKey) {
    return new HybridKem("kem", Hkdf.NO_SALT, sealKey);
  }

  /** For key slots: the use is "slot recipient", with the slot's salt and no shared secret. */
  static HybridKem forSlot(byte[] salt) {
    return new HybridKem("slot recipient", salt, new byte[0]);
  }

  /** A fresh secret for {@code recipient}, and the envelope that carries it. */
  Sent send(HybridPublicKey recipient, SecureRandom random) {
    byte[] ephemeralPrivate = new byte[Curve25519.LENGTH];
    random.nextBytes(ephemeralPrivate);
    byte[] agreed =
        Curve25519.agree(ephemeralPrivate, recipient.x25519())
            .orElseThrow(
                () ->
                    new KeyException(
                        "The " + recipient + " cannot keep a secret",
                        "Ask its owner for a new public key."));
    MlKem768.Encapsulation kem = MlKem768.encapsulate(recipient.mlKem(), random);
    Envelope envelope =
        new Envelope(recipient.id(), Curve25519.publicKey(ephemeralPrivate), kem.ciphertext());
    return new Sent(envelope, combine(kem.secret(), agreed, envelope, recipient));
  }

  /**
   * The secret in an envelope that {@code recipient} can open. If the envelope was changed it is
   * another secret, or a {@link SealBrokenException}.
   */
  byte[] receive(HybridPrivateKey recipient, Envelope envelope) {
    byte[] agreed =
        recipient
            .agree(envelope.ephemeral())
            .orElseThrow(() -> new SealBrokenException("its envelope holds no public key"));
    byte[] secret = recipient.decapsulate(envelope.ciphertext());
    return combine(secret, agreed, envelope, recipient.publicKey());
  }

  private byte[] combine(
      byte[] mlKem, byte[] x25519, Envelope envelope, HybridPublicKey recipient) {
    byte[] input = new ByteWriter(96).raw(mlKem).raw(x25519).raw(shared).toByteArray();
    ByteWriter context =
        new ByteWriter(1280)
            .raw(info)
            .raw(envelope.ciphertext())
            .raw(envelope.ephemeral())
            .raw(recipient.x25519());
    recipient.id().write(context);
    return Hkdf.derive(input, salt, context.toByteArray(), 32);
  }

  /** A secret and the envelope that carries it. */
  static final class Sent {

    private final Envelope envelope;
    private final byte[] secret;

    private Sent(Envelope envelope, byte[] secret) {
      this.envelope = envelope;
      this.secret = secret;
    }

    Envelope envelope() {
      return envelope;
    }

    byte[] secret() {
      return secret;
    }
  }
}
