package org.mailkeep.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.encoding.MalformedException;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.TooNewException;

/** Version 1 of the bytes of a key slot, laid down at {@link KeySlot}. */
final class KeySlotEncoding {

  private static final byte[] MAGIC = "MKEY".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final int MAX_WRAPPED = 1 << 20;

  private KeySlotEncoding() {}

  static KeySlot parse(String objectName, byte[] bytes) {
    try {
      ByteReader in = new ByteReader(bytes, 0, checkedLength(bytes));
      if (!Arrays.equals(in.raw(MAGIC.length), MAGIC)) {
        throw new MalformedException("it is no key slot");
      }
      int version = in.u8();
      if (version > VERSION) {
        throw new TooNewException(objectName, "version " + version + " of key slots");
      }
      if (version < VERSION) {
        throw new MalformedException("no version of key slots: " + version);
      }
      SlotHeader header = SlotHeader.read(in);
      KeySlot slot = new KeySlot(header, in.bytes(MAX_WRAPPED), in.raw(HmacSha256.LENGTH));
      in.end();
      return slot;
    } catch (MalformedException e) {
      throw new DamagedException(objectName, String.valueOf(e.getMessage()));
    }
  }

  private static int checkedLength(byte[] bytes) {
    int end = bytes.length - Sha256.LENGTH;
    if (end < 0) {
      throw new MalformedException("it ends too early");
    }
    if (!Arrays.equals(Sha256.of(bytes, end), Arrays.copyOfRange(bytes, end, bytes.length))) {
      throw new MalformedException("its checksum does not match");
    }
    return end;
  }

  static byte[] encode(SlotHeader header, byte[] wrapped, byte[] mac) {
    ByteWriter out = new ByteWriter(2048).raw(authenticated(header, wrapped)).raw(mac);
    byte[] checksum = Sha256.of(out.toByteArray(), out.length());
    return out.raw(checksum).toByteArray();
  }

  /** Everything before the authentication. */
  static byte[] authenticated(SlotHeader header, byte[] wrapped) {
    return new ByteWriter(2048).raw(header(header)).bytes(wrapped).toByteArray();
  }

  /** The header, with which the wrapped key set is authenticated. */
  static byte[] header(SlotHeader header) {
    ByteWriter out = new ByteWriter(1536).raw(MAGIC).u8(VERSION);
    header.write(out);
    return out.toByteArray();
  }
}
