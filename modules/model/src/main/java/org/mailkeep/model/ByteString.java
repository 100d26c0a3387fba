package org.mailkeep.model;

import java.util.Arrays;

/** Immutable bytes that compare by value: link targets, attribute names and values. */
public final class ByteString {

  private final byte[] bytes;

  private ByteString(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A copy of these bytes. */
  public static ByteString of(byte[] bytes) {
    return new ByteString(bytes.clone());
  }

  /** The bytes of a lossless text ({@link RawText}). */
  public static ByteString of(String text) {
    return new ByteString(RawText.encode(text));
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The number of bytes. */
  public int length() {
    return bytes.length;
  }

  /** The bytes as lossless text. */
  public String text() {
    return RawText.decode(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ByteString that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The bytes for a person. */
  @Override
  public String toString() {
    return RawText.display(text());
  }
}
