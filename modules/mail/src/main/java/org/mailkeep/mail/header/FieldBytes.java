package org.mailkeep.mail.header;

import java.util.Arrays;

/** The bytes of one header field, unfolded; what is more than a field may have is dropped. */
final class FieldBytes {

  /** Bytes kept of a field: some hundred recipients. */
  private static final int MAX = 8 << 10;

  private byte[] bytes = new byte[256];
  private int length;
  private boolean present;

  void clear() {
    length = 0;
    present = false;
  }

  /** Whether the header has had this field. */
  boolean isPresent() {
    return present;
  }

  void append(byte[] from, int start, int end) {
    present = true;
    int count = Math.min(end - start, MAX - length);
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
    }
    System.arraycopy(from, start, bytes, length, count);
    length += count;
  }

  /** The text, of at most {@code max} characters. */
  String text(int max) {
    return length == 0 ? "" : HeaderText.of(bytes, length, max);
  }

  /** The field itself, of which {@link #length} bytes count. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }
}
