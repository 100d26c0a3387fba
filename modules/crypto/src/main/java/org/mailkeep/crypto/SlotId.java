package org.mailkeep.crypto;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;

/**
 * The name of a key slot: 16 random bytes. The slot is stored as {@code keys/} and 32 hex digits.
 *
 * @param high the first eight bytes, big-endian
 * @param low the last eight
 */
public record SlotId(long high, long low) {

  /** The length of an id in bytes. */
  public static final int LENGTH = 16;

  /** A new id. */
  public static SlotId generate(SecureRandom random) {
    return new SlotId(random.nextLong(), random.nextLong());
  }

  /** Reads the 16 bytes that {@link #write} wrote. */
  public static SlotId read(ByteReader in) {
    return new SlotId(in.u64(), in.u64());
  }

  /** Writes the 16 bytes. */
  public void write(ByteWriter out) {
    out.u64(high).u64(low);
  }

  /** 32 hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
  }
}
