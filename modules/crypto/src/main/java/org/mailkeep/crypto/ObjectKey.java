package org.mailkeep.crypto;

import javax.crypto.SecretKey;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.encoding.ByteWriter;

/**
 * The AES-256 keys of objects.
 *
 * <pre>
 * sealed in a session:  HKDF-SHA-256(session secret, salt = object id, "mailkeep 1 object" || kind)
 * sealed symmetrically: HKDF-SHA-256(seal key, salt = object id, "mailkeep 1 " || purpose)
 * </pre>
 *
 * The kind is one byte; the purposes are {@code index}, {@code pack table}, {@code state}, {@code
 * config} and {@code slot}.
 */
final class ObjectKey {

  private ObjectKey() {}

  static SecretKey of(byte[] sessionSecret, ObjectId id, int kind) {
    if (kind < 0 || kind > 255) {
      throw new IllegalArgumentException("no kind of object: " + kind);
    }
    byte[] info = new ByteWriter(32).raw(Hkdf.info("object")).u8(kind).toByteArray();
    return Hkdf.aesKey(sessionSecret, id.bytes(), info);
  }

  static SecretKey of(byte[] sealKey, ObjectId id, Purpose purpose) {
    return Hkdf.aesKey(sealKey, id.bytes(), purpose.sealInfo());
  }
}
