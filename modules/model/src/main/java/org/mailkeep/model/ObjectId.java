package org.mailkeep.model;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;

/**
 * The name of a sealed object (pack, index segment, snapshot) and the salt of its key: 32 random
 * bytes. Two objects with one id would share a key and so their nonces; a writer never chooses an
 * id, it draws one.
 *
 * @param a the first eight bytes, big-endian
 * @param b the next eight
 * @param c the next eight
 * @param d the last eight
 */
public record ObjectId(long a, long b, long c, long d) implements Comparable<ObjectId> {

  /** The length in bytes. */
  public static final int LENGTH = 32;

  /** A new id. */
  public static ObjectId generate(SecureRandom random) {
    return new ObjectId(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
  }

  /** The id of these 32 bytes. */
  public static ObjectId of(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    ObjectId id = read(in);
    in.end();
    return id;
  }

  /** The id of 64 lower-case hexadecimal digits, if it is that. */
  public static Optional<ObjectId> parse(String hex) {
    boolean valid =
        hex.length() == 2 * LENGTH
            && hex.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    return valid ? Optional.of(of(HexFormat.of().parseHex(hex))) : Optional.empty();
  }

  /** Reads the 32 bytes that {@link #write} wrote. */
  public static ObjectId read(ByteReader in) {
    return new ObjectId(in.u64(), in.u64(), in.u64(), in.u64());
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

  /** The first eight hexadecimal digits, which people read and type. */
  public String shortForm() {
    return toString().substring(0, 8);
  }

  /** Unsigned byte order. */
  @Override
  public int compareTo(ObjectId other) {
    return toString().compareTo(other.toString());
  }

  /** 64 hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes());
  }
}
