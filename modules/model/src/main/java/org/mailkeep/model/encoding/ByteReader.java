package org.mailkeep.model.encoding;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link ByteWriter} wrote. Every method throws {@link MalformedException} where the
 * bytes end too early or are no such value. Not for use by two threads.
 */
public final class ByteReader {

  private final byte[] buffer;
  private final int end;
  private int position;

  /** Reads all of {@code bytes}, which must not change meanwhile. */
  public ByteReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  /** Reads {@code bytes[offset..offset+count)}, which must not change meanwhile. */
  public ByteReader(byte[] bytes, int offset, int count) {
    this.buffer = bytes;
    this.position = offset;
    this.end = offset + count;
  }

  /** One byte, 0 to 255. */
  public int u8() {
    need(1);
    return buffer[position++] & 0xff;
  }

  /** Four bytes, big-endian. */
  public int u32() {
    need(4);
    int value = 0;
    for (int i = 0; i < 4; i++) {
      value = value << 8 | (buffer[position++] & 0xff);
    }
    return value;
  }

  /** Eight bytes, big-endian. */
  public long u64() {
    need(8);
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value = value << 8 | (buffer[position++] & 0xff);
    }
    return value;
  }

  /** An unsigned varint in its shortest form, up to 64 bits. */
  public long varint() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      int b = u8();
      if (shift == 63 && b > 1) {
        break;
      }
      value |= (long) (b & 0x7f) << shift;
      if (b < 0x80) {
        if (b == 0 && shift > 0) {
          throw new MalformedException("a number is not in its shortest form");
        }
        return value;
      }
    }
    throw new MalformedException("a number has more than 64 bits");
  }

  /** A varint that must be 0 to {@code max}, as an int. */
  public int count(int max) {
    long value = varint();
    if (value < 0 || value > max) {
      throw new MalformedException("a count of " + Long.toUnsignedString(value) + " is too large");
    }
    return (int) value;
  }

  /**
   * A varint that counts things of at least {@code minBytes} bytes each, which must all be here.
   */
  public int countOf(int minBytes) {
    return count(remaining() / Math.max(1, minBytes));
  }

  /** A signed number in zigzag form. */
  public long signedVarint() {
    long value = varint();
    return (value >>> 1) ^ -(value & 1);
  }

  /** Exactly {@code count} bytes. */
  public byte[] raw(int count) {
    need(count);
    byte[] bytes = Arrays.copyOfRange(buffer, position, position + count);
    position += count;
    return bytes;
  }

  /** Copies exactly {@code count} bytes to {@code target} at {@code offset}. */
  public void raw(int count, byte[] target, int offset) {
    need(count);
    System.arraycopy(buffer, position, target, offset, count);
    position += count;
  }

  /** A byte string of at most {@code max} bytes. */
  public byte[] bytes(int max) {
    return raw(count(max));
  }

  /** A text of at most {@code max} bytes of valid UTF-8. */
  public String string(int max) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(max))).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedException("a text is not UTF-8");
    }
  }

  /** The number of bytes not yet read. */
  public int remaining() {
    return end - position;
  }

  /** Checks that nothing is left. */
  public void end() {
    if (position != end) {
      throw new MalformedException(remaining() + " bytes too many");
    }
  }

  private void need(int count) {
    if (count < 0 || end - position < count) {
      throw new MalformedException("it ends too early");
    }
  }
}
