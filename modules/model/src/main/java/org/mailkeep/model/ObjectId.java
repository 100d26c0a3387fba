package org.mailkeep.model;

import java.util.HexFormat;
import java.util.Optional;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;

/**
 * The name of a stored object (pack, index segment, snapshot): 32 random bytes, which are also the
 * salt of the object's own key, so that no two objects ever share one.
 */
public final class ObjectId implements Comparable<ObjectId> {

  /** The length in bytes. */
  public static final int LENGTH = 32;

  private final ByteString bytes;

  private ObjectId(ByteString bytes) {
    this.bytes = bytes;
  }

  /** The id of these 32 bytes. */
  public static ObjectId of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("an object id of " + bytes.length + " bytes");
    }
    return new ObjectId(ByteString.of(bytes));
  }

  /** The id of 64 lower-case hexadecimal digits, if it is that. */
  public static Optional<ObjectId> parse(String hex) {
    boolean valid =
        hex.length() == 2 * LENGTH
            && hex.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    return valid ? Optional.of(of(HexFormat.of().parseHex(hex))) : Optional.empty();
  }

  /** Reads the 32 bytes. */
  public static ObjectId read(ByteReader in) {
    return of(in.raw(LENGTH));
  }

  /** Writes the 32 bytes. */
  public void write(ByteWriter out) {
    out.raw(bytes.bytes());
  }

  /** A copy of the 32 bytes. */
  public byte[] bytes() {
    return bytes.bytes();
  }

  /** The first eight hexadecimal digits, which people type. */
  public String shortForm() {
    return toString().substring(0, 8);
  }

  @Override
  public int compareTo(ObjectId other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ObjectId that && bytes.equals(that.bytes);
  }

  @Override
  public int hashCode() {
    return bytes.hashCode();
  }

  /** 64 hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes.bytes());
  }
}
