package org.mailkeep.engine.history;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.mailkeep.repository.state.StateDatabase;

/**
 * Which messages have which terms, until that is written: all terms one after the other in one
 * array, found by a table of their numbers, for a map with half a million texts would take longer
 * and hold four times the memory. For one thread.
 */
final class WaitingPostings {

  private static final int FIRST_TERMS = 1 << 12;

  private byte[] bytes = new byte[1 << 16];
  private int[] starts = new int[FIRST_TERMS + 1];
  private int[] last = new int[FIRST_TERMS];
  private int[] table = new int[4 * FIRST_TERMS];
  private int terms;
  private int[] pairTerms = new int[FIRST_TERMS];
  private int[] pairMessages = new int[FIRST_TERMS];
  private int pairs;

  /** Notes that a message has a term, once however often it is said in a row. */
  void add(char about, String word, int message) {
    int term = term(append(about, word));
    if (last[term] == message + 1) {
      return;
    }
    last[term] = message + 1;
    if (pairs == pairTerms.length) {
      pairTerms = Arrays.copyOf(pairTerms, 2 * pairs);
      pairMessages = Arrays.copyOf(pairMessages, 2 * pairs);
    }
    pairTerms[pairs] = term;
    pairMessages[pairs++] = message;
  }

  /** Writes the term behind all others; gives its end. */
  private int append(char about, String word) {
    int from = starts[terms];
    int most = from + 1 + 3 * word.length();
    if (most > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, most));
    }
    bytes[from] = (byte) about;
    int end = from + 1;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c >= 0x80) {
        byte[] encoded = word.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(encoded, 0, bytes, from + 1, encoded.length);
        return from + 1 + encoded.length;
      }
      bytes[end++] = (byte) c;
    }
    return end;
  }

  /** The number of the term that stands behind all others up to {@code end}, new or not. */
  private int term(int end) {
    int start = starts[terms];
    int mask = table.length - 1;
    for (int slot = hash(start, end) & mask; ; slot = (slot + 1) & mask) {
      int term = table[slot] - 1;
      if (term < 0) {
        table[slot] = terms + 1;
        return added(end);
      }
      if (Arrays.equals(bytes, starts[term], starts[term + 1], bytes, start, end)) {
        return term;
      }
    }
  }

  private int added(int end) {
    last[terms] = 0;
    starts[++terms] = end;
    if (terms == last.length) {
      last = Arrays.copyOf(last, 2 * terms);
      starts = Arrays.copyOf(starts, 2 * terms + 1);
      table = new int[8 * terms];
      int mask = table.length - 1;
      for (int term = 0; term < terms; term++) {
        int slot = hash(starts[term], starts[term + 1]) & mask;
        while (table[slot] != 0) {
          slot = (slot + 1) & mask;
        }
        table[slot] = term + 1;
      }
    }
    return terms - 1;
  }

  private int hash(int from, int to) {
    int hash = 0x811c9dc5;
    for (int i = from; i < to; i++) {
      hash = (hash ^ bytes[i]) * 0x01000193;
    }
    return hash ^ (hash >>> 15);
  }

  /** How many notes are waiting to be written. */
  int size() {
    return pairs;
  }

  /** Adds what is waiting to a batch and forgets it. */
  void write(StateDatabase.Batch batch) {
    int[] ends = new int[terms + 1];
    for (int i = 0; i < pairs; i++) {
      ends[pairTerms[i] + 1]++;
    }
    for (int term = 0; term < terms; term++) {
      ends[term + 1] += ends[term];
    }
    int[] messages = new int[pairs];
    int[] next = Arrays.copyOf(ends, terms);
    for (int i = 0; i < pairs; i++) {
      messages[next[pairTerms[i]]++] = pairMessages[i];
    }
    for (int term = 0; term < terms; term++) {
      IntList list = new IntList(ends[term + 1] - ends[term]);
      for (int i = ends[term]; i < ends[term + 1]; i++) {
        list.add(messages[i]);
      }
      Postings.put(batch, bytes, starts[term], starts[term + 1], list.sorted());
    }
    terms = 0;
    pairs = 0;
    Arrays.fill(table, 0);
  }
}
