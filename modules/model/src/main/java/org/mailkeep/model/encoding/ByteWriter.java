package org.mailkeep.model.encoding;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Grows an array of encoded values. Not for use by two threads. */
public final class ByteWriter {

  private byte[] buffer;
  private int length;

  /** A writer that expects about 256 bytes. */
  public ByteWriter() {
    this(256);
  }

  /**
   * @param expected the number of bytes that will fit before the array has to grow
   */
  public ByteWriter(int expected) {
    buffer = new byte[Math.max(16, expected)];
  }

  /** One byte, the low eight bits of {@code value}. */
  public ByteWriter u8(int value) {
    room(1);
    buffer[length++] = (byte) value;
    return this;
  }

  /** Four bytes, big-endian. */
  public ByteWriter u32(int value) {
    room(4);
    for (int shift = 24; shift >= 0; shift -= 8) {
      buffer[length++] = (byte) (value >>> shift);
    }
    return this;
  }

  /** Eight bytes, big-endian. */
  public ByteWriter u64(long value) {
    room(8);
    for (int shift = 56; shift >= 0; shift -= 8) {
      buffer[length++] = (byte) (value >>> shift);
    }
    return this;
  }

  /** An unsigned number of up to 64 bits, seven bits a byte, low bits first (LEB128). */
  public ByteWriter varint(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      buffer[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    buffer[length++] = (byte) rest;
    return this;
  }

  /** A signed number as the varint of its zigzag form: 0, -1, 1, -2 … become 0, 1, 2, 3 …. */
  public ByteWriter signedVarint(long value) {
    return varint((value << 1) ^ (value >> 63));
  }

  /** The bytes alone, without their number. */
  public ByteWriter raw(byte[] bytes) {
    return raw(bytes, 0, bytes.length);
  }

  /** The bytes {@code bytes[offset..offset+count)} alone, without their number. */
  public ByteWriter raw(byte[] bytes, int offset, int count) {
    room(count);
    System.arraycopy(bytes, offset, buffer, length, count);
    length += count;
    return this;
  }

  /** The number of bytes as a varint, then the bytes. */
  public ByteWriter bytes(byte[] bytes) {
    return varint(bytes.length).raw(bytes);
  }

  /** The text in UTF-8, as {@link #bytes(byte[])}. */
  public ByteWriter string(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The number of bytes written. */
  public int length() {
    return length;
  }

  /** Forgets what was written and keeps the array. */
  public void clear() {
    length = 0;
  }

  /** A copy of what was written. */
  public byte[] toByteArray() {
    return Arrays.copyOf(buffer, length);
  }

  private void room(int count) {
    if (buffer.length - length < count) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + count));
    }
  }
}
