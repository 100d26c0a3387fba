package org.mailkeep.crypto;

import java.security.SecureRandom;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;

/** The symmetric secrets that every key set of a repository holds, 32 bytes each. Immutable. */
final class SharedSecrets {

  /** The length of all three together in bytes. */
  static final int ALL = 96;

  private static final int LENGTH = 32;

  private final byte[] idKey;
  private final byte[] chunkerKey;
  private final byte[] sealKey;

  private SharedSecrets(byte[] idKey, byte[] chunkerKey, byte[] sealKey) {
    this.idKey = idKey;
    this.chunkerKey = chunkerKey;
    this.sealKey = sealKey;
  }

  static SharedSecrets generate(SecureRandom random) {
    byte[] bytes = new byte[ALL];
    random.nextBytes(bytes);
    return read(new ByteReader(bytes));
  }

  static SharedSecrets read(ByteReader in) {
    return new SharedSecrets(in.raw(LENGTH), in.raw(LENGTH), in.raw(LENGTH));
  }

  void write(ByteWriter out) {
    out.raw(idKey).raw(chunkerKey).raw(sealKey);
  }

  byte[] encode() {
    ByteWriter out = new ByteWriter(ALL);
    write(out);
    return out.toByteArray();
  }

  /** Names chunks. */
  byte[] idKey() {
    return idKey;
  }

  /** Places the cuts between chunks. */
  byte[] chunkerKey() {
    return chunkerKey;
  }

  /** Shows that an object comes from a holder of a key set, and seals what all of them may read. */
  byte[] sealKey() {
    return sealKey;
  }
}
