package org.mailkeep.engine.history;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.Table;

/**
 * Which messages have which terms. A record holds a run of message numbers of one term: the key is
 * the term, a zero byte and the first number, the value the steps to the others. What comes later
 * makes a record of its own; nothing is read to be written.
 */
final class Postings {

  private final Map<String, IntList> open = new HashMap<>();
  private int size;

  /** Notes that a message has a term. Numbers of one term mostly rise. */
  void add(String term, int message) {
    IntList list = open.computeIfAbsent(term, _ -> new IntList(1));
    if (list.size() == 0 || list.last() != message) {
      list.add(message);
      size++;
    }
  }

  /** How many notes are waiting to be written. */
  int size() {
    return size;
  }

  /** Adds what is waiting to a batch and forgets it. */
  void write(StateDatabase.Batch batch) {
    ByteWriter value = new ByteWriter(256);
    open.forEach(
        (term, list) -> {
          int[] messages = list.sorted();
          value.clear();
          for (int i = 1; i < messages.length; i++) {
            value.varint(messages[i] - messages[i - 1]);
          }
          batch.put(Table.WORDS, key(term, messages[0]), value.toByteArray());
        });
    open.clear();
    size = 0;
  }

  private static byte[] key(String term, int first) {
    byte[] word = term.getBytes(StandardCharsets.UTF_8);
    return new ByteWriter(word.length + 5).raw(word).u8(0).u32(first).toByteArray();
  }

  /** The numbers of all messages with a term from one to another, both among them, in order. */
  static int[] between(StateDatabase state, String first, String last) {
    byte[] end = last.getBytes(StandardCharsets.UTF_8);
    return read(
        state,
        first,
        key -> Arrays.compareUnsigned(key, 0, key.length - 5, end, 0, end.length) <= 0);
  }

  /** The numbers of all messages with a term that begins so, in order. */
  static int[] beginning(StateDatabase state, String start) {
    byte[] bytes = start.getBytes(StandardCharsets.UTF_8);
    return read(
        state,
        start,
        key ->
            key.length - 5 >= bytes.length
                && Arrays.equals(key, 0, bytes.length, bytes, 0, bytes.length));
  }

  private interface Range {
    boolean has(byte[] key);
  }

  private static int[] read(StateDatabase state, String from, Range range) {
    IntList found = new IntList(64);
    state.scanFrom(
        Table.WORDS,
        from.getBytes(StandardCharsets.UTF_8),
        (key, value) -> {
          boolean inside = key.length > 5 && range.has(key);
          if (inside) {
            read(key, value, found);
          }
          return inside;
        });
    return found.sorted();
  }

  private static void read(byte[] key, byte[] value, IntList found) {
    int message = new ByteReader(key, key.length - 4, 4).u32();
    found.add(message);
    ByteReader in = new ByteReader(value);
    while (in.remaining() > 0) {
      message += in.count(Integer.MAX_VALUE - message);
      found.add(message);
    }
  }
}
