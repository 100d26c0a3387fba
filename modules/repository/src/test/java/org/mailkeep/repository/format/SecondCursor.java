package org.mailkeep.repository.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** Reads the conventions of {@code repo-format.md}, section 3. */
final class SecondCursor {

  private final byte[] bytes;
  private int position;

  SecondCursor(byte[] bytes) {
    this.bytes = bytes;
  }

  boolean hasMore() {
    return position < bytes.length;
  }

  int position() {
    return position;
  }

  byte[] raw(long count) {
    position += Math.toIntExact(count);
    if (position > bytes.length) {
      throw new IllegalArgumentException("it ends too early");
    }
    return Arrays.copyOfRange(bytes, position - (int) count, position);
  }

  int u8() {
    return raw(1)[0] & 0xff;
  }

  long varint() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      int next = u8();
      value |= (next & 0x7fL) << shift;
      if (next < 0x80) {
        return value;
      }
    }
  }

  long zigzag() {
    long value = varint();
    return (value >>> 1) ^ -(value & 1);
  }

  byte[] string() {
    return raw(varint());
  }

  /** A chunk's id in hex. */
  String id() {
    return HexFormat.of().formatHex(raw(24));
  }

  /** Moves past a magic, which must be there. */
  void expect(String magic) {
    if (!new String(raw(magic.length()), StandardCharsets.US_ASCII).equals(magic)) {
      throw new IllegalArgumentException("no " + magic);
    }
  }
}
