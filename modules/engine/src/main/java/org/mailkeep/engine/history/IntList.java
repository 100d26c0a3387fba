package org.mailkeep.engine.history;

import java.util.Arrays;

/** Numbers in the order in which they came. */
final class IntList {

  private int[] numbers;
  private int size;

  IntList(int expected) {
    numbers = new int[expected];
  }

  void add(int number) {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, Math.max(4, size * 2));
    }
    numbers[size++] = number;
  }

  int size() {
    return size;
  }

  int at(int place) {
    return numbers[place];
  }

  int last() {
    return numbers[size - 1];
  }

  /** The numbers from the least to the greatest, each once. */
  int[] sorted() {
    int[] sorted = Arrays.copyOf(numbers, size);
    Arrays.sort(sorted);
    int count = 0;
    for (int i = 0; i < size; i++) {
      if (i == 0 || sorted[i] != sorted[i - 1]) {
        sorted[count++] = sorted[i];
      }
    }
    return Arrays.copyOf(sorted, count);
  }
}
