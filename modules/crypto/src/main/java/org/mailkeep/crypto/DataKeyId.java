package org.mailkeep.crypto;

import java.util.HexFormat;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;

/**
 * Tells data keys apart: the first eight bytes of SHA-256 over the public key's 1,216 bytes.
 *
 * @param value the eight bytes, big-endian
 */
public record DataKeyId(long value) {

  /** The length of an id in bytes. */
  public static final int LENGTH = 8;

  /** Reads the eight bytes that {@link #write} wrote. */
  public static DataKeyId read(ByteReader in) {
    return new DataKeyId(in.u64());
  }

  /** Writes the eight bytes. */
  public void write(ByteWriter out) {
    out.u64(value);
  }

  /** 16 hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(value);
  }
}
