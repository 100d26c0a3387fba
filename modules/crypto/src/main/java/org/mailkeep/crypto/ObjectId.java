package org.mailkeep.crypto;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.encoding.MalformedException;

/**
 * The name of a sealed object and the salt of its key: 32 random bytes. Two objects with one id
 * would share a key and so their nonces; a writer never chooses an id, it draws one.
 *
 * @param a the first eight bytes, big-endian
 * @param b the next eight
 * @param c the next eight
 * @param d the last eight
 */
public record ObjectId(long a, long b, long c, long d) {

  /** The length of an id in bytes. */
  public static final int LENGTH = 32;

  /** A new id. */
  public static ObjectId generate(SecureRandom random) {
    return new ObjectId(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
  }

  /** Reads the 32 bytes that {@link #write} wrote. */
  public static ObjectId read(ByteReader in) {
    return new ObjectId(in.u64(), in.u64(), in.u64(), in.u64());
  }

  /**
   * The id that {@link #toString} showed.
   *
   * @throws MalformedException if the text is not 64 lower-case hexadecimal digits
   */
  public static ObjectId parse(String hex) {
    if (!hex.matches("[0-9a-f]{64}")) {
      throw new MalformedException("an object's name is not 64 hexadecimal digits");
    }
    return read(new ByteReader(HexFormat.of().parseHex(hex)));
  }

  /** Writes the 32 bytes. */
  public void write(ByteWriter out) {
    out.u64(a).u64(b).u64(c).u64(d);
  }

  /** The 32 bytes. */
  public byte[] bytes() {
    ByteWriter out = new ByteWriter(LENGTH);
    write(out);
    return out.toByteArray();
  }

  /** 64 hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes());
  }
}
