package org.mailkeep.benchmarks.workload;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow. Text is added as ISO-8859-1, the way bytes come out of the corpus. */
final class Bytes {

  private byte[] array;
  private int length;

  Bytes(int capacity) {
    array = new byte[Math.max(64, capacity)];
  }

  Bytes add(byte value) {
    room(1);
    array[length++] = value;
    return this;
  }

  Bytes add(byte[] from) {
    return add(from, 0, from.length);
  }

  Bytes add(byte[] from, int start, int count) {
    room(count);
    System.arraycopy(from, start, array, length, count);
    length += count;
    return this;
  }

  Bytes add(String text) {
    return add(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  int length() {
    return length;
  }

  byte at(int position) {
    return array[position];
  }

  void set(int position, byte value) {
    array[position] = value;
  }

  void truncate(int newLength) {
    length = Math.min(length, newLength);
  }

  byte[] toArray() {
    return Arrays.copyOf(array, length);
  }

  private void room(int count) {
    if (array.length - length < count) {
      array = Arrays.copyOf(array, Math.max(length + count, array.length * 2));
    }
  }
}
