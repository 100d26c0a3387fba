package org.mailkeep.engine.history;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which messages have which terms, until that is written: all terms one after the other in one
 * array, found by a table of their numbers, for a map with half a million texts would take longer
 * and hold four times the memory. Senders and recipients come again and again, so the terms of the
 * last ones are remembered by their whole text. For one thread.
 */
final class WaitingPostings {

  private static final int FIRST_TERMS = 1 << 12;
  private static final int REMEMBERED = 1 << 10;

  /** Bits of a number of a term, of which there are fewer than 16 million. */
  private static final int TERM_BITS = 24;

  private static final int PREFIX = Long.BYTES - TERM_BITS / Byte.SIZE;

  /** A field's text and its terms. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Field(char about, String text, int[] terms) {}

  private final @Nullable Field[] fields = new @Nullable Field[REMEMBERED];

  private byte[] bytes = new byte[1 << 16];
  private int[] starts = new int[FIRST_TERMS + 1];
  private int[] last = new int[FIRST_TERMS];
  private int[] table = new int[4 * FIRST_TERMS];
  private int terms;
  private int[] pairTerms = new int[FIRST_TERMS];
  private int[] pairMessages = new int[FIRST_TERMS];
  private int pairs;

  /** Notes all terms of a message. */
  void add(KeptMessage message, int number) {
    addField(Terms.FROM, message.facts().from(), number);
    addField(Terms.TO, message.facts().to(), number);
    Terms.forEachOther(message, (about, word) -> add(about, word, number));
  }

  private void addField(char about, String text, int message) {
    int slot = (31 * about + text.hashCode()) & (REMEMBERED - 1);
    Field known = fields[slot];
    if (known != null && known.about == about && known.text.equals(text)) {
      for (int term : known.terms) {
        note(term, message);
      }
      return;
    }
    IntList found = new IntList(8);
    Addresses.forEach(
        text,
        word -> {
          int term = term(append(about, word));
          found.add(term);
          note(term, message);
        });
    fields[slot] = new Field(about, text, found.sorted());
  }

  /** Notes that a message has a term, once however often it is said in a row. */
  void add(char about, String word, int message) {
    note(term(append(about, word)), message);
  }

  private void note(int term, int message) {
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

  /** Writes what is waiting, in the order of terms, and forgets it. */
  void write(Postings.Sink sink) {
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
    for (long place : inOrder()) {
      int term = (int) place & ((1 << TERM_BITS) - 1);
      int end = sorted(messages, ends[term], ends[term + 1]);
      Postings.put(sink, bytes, starts[term], starts[term + 1], messages, ends[term], end);
    }
    terms = 0;
    pairs = 0;
    Arrays.fill(table, 0);
    Arrays.fill(fields, null);
  }

  /** Puts them in order, each once; gives their new end. New messages come in order. */
  private static int sorted(int[] messages, int from, int end) {
    int at = from + 1;
    while (at < end && messages[at - 1] < messages[at]) {
      at++;
    }
    if (at == end) {
      return end;
    }
    Arrays.sort(messages, from, end);
    int last = from;
    for (int i = from + 1; i < end; i++) {
      if (messages[i] != messages[last]) {
        messages[++last] = messages[i];
      }
    }
    return last + 1;
  }

  /** The terms in order, each as its first bytes and its number: that tells most of them apart. */
  private long[] inOrder() {
    long[] order = new long[terms];
    for (int term = 0; term < terms; term++) {
      long first = 0;
      for (int i = starts[term]; i < starts[term] + PREFIX; i++) {
        first = first << Byte.SIZE | (i < starts[term + 1] ? bytes[i] & 0xff : 0);
      }
      order[term] = first << TERM_BITS | term;
    }
    Arrays.sort(order);
    for (int from = 0; from < terms; ) {
      int to = from + 1;
      while (to < terms && order[from] >>> TERM_BITS == order[to] >>> TERM_BITS) {
        to++;
      }
      if (to - from > 1) {
        sortAlike(order, from, to);
      }
      from = to;
    }
    return order;
  }

  private void sortAlike(long[] order, int from, int to) {
    Long[] alike = new Long[to - from];
    Arrays.setAll(alike, i -> order[from + i]);
    Arrays.sort(alike, this::compare);
    for (int i = from; i < to; i++) {
      order[i] = alike[i - from];
    }
  }

  private int compare(long a, long b) {
    int one = (int) a & ((1 << TERM_BITS) - 1);
    int other = (int) b & ((1 << TERM_BITS) - 1);
    return Arrays.compareUnsigned(
        bytes, starts[one], starts[one + 1], bytes, starts[other], starts[other + 1]);
  }
}
