package org.mailkeep.model;

import java.util.Arrays;

/**
 * One name in a directory: bytes, as Linux has them, in no particular charset.
 *
 * <p>Names compare as unsigned bytes, which is the order of entries in a tree node. In text, bytes
 * that are not valid UTF-8 stand as the lone surrogates U+DC80 to U+DCFF ({@link RawText}), so that
 * every name survives the way through a {@code String}.
 */
public final class FileName implements Comparable<FileName> {

  /** The longest name that Linux's file systems take, in bytes (NAME_MAX of limits.h). */
  public static final int MAX_LENGTH = 255;

  private final byte[] bytes;

  private FileName(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The name made of a copy of these bytes; see {@link #isComponent} for what is a real name. */
  public static FileName of(byte[] bytes) {
    return new FileName(bytes.clone());
  }

  /** The name made of a copy of {@code bytes[from..to)}. */
  public static FileName of(byte[] bytes, int from, int to) {
    return new FileName(Arrays.copyOfRange(bytes, from, to));
  }

  /** The name that {@link #text} wrote. */
  public static FileName of(String text) {
    return new FileName(RawText.encode(text));
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The byte at this position, 0 to 255. */
  public int at(int position) {
    return bytes[position] & 0xff;
  }

  /** The number of bytes. */
  public int length() {
    return bytes.length;
  }

  /** Copies the bytes into {@code target} at {@code offset}. */
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, bytes.length);
  }

  /** Whether a directory can hold this name: 1 to 255 bytes, no slash, no NUL, not "." or "..". */
  public boolean isComponent() {
    if (bytes.length == 0 || bytes.length > MAX_LENGTH) {
      return false;
    }
    for (byte b : bytes) {
      if (b == '/' || b == 0) {
        return false;
      }
    }
    return !(bytes[0] == '.' && (bytes.length == 1 || (bytes.length == 2 && bytes[1] == '.')));
  }

  /** Whether the name begins with these ASCII characters. */
  public boolean startsWith(String ascii) {
    return bytes.length >= ascii.length() && regionIs(0, ascii);
  }

  /** Whether the name begins with all of another one. */
  public boolean startsWith(FileName other) {
    return bytes.length >= other.bytes.length
        && Arrays.equals(bytes, 0, other.bytes.length, other.bytes, 0, other.bytes.length);
  }

  /** Whether the name ends with these ASCII characters. */
  public boolean endsWith(String ascii) {
    return bytes.length >= ascii.length() && regionIs(bytes.length - ascii.length(), ascii);
  }

  /** Whether the name is exactly these ASCII characters. */
  public boolean is(String ascii) {
    return bytes.length == ascii.length() && regionIs(0, ascii);
  }

  private boolean regionIs(int offset, String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      if (bytes[offset + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The position of the first occurrence of this byte, or -1. */
  public int indexOf(char ascii) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == ascii) {
        return i;
      }
    }
    return -1;
  }

  /** The name as lossless text; {@link #of(String)} reads it back. */
  public String text() {
    return RawText.decode(bytes);
  }

  /** Unsigned byte order. */
  @Override
  public int compareTo(FileName other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  /** As {@link #compareTo(FileName)}, with the name {@code other[0..length)}. */
  public int compareTo(byte[] other, int length) {
    return Arrays.compareUnsigned(bytes, 0, bytes.length, other, 0, length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FileName that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The name for a person: control characters and invalid bytes escaped. */
  @Override
  public String toString() {
    return RawText.display(text());
  }
}
