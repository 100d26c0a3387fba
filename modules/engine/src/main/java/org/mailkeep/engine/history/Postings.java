package org.mailkeep.engine.history;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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

  private Postings() {}

  /** Takes records of terms. */
  interface Sink {
    void put(byte[] key, byte[] steps);
  }

  /**
   * Makes a record of messages that have a term.
   *
   * @param terms holds the term from {@code from} to {@code to}
   * @param messages holds them from {@code first} to {@code end}, in order, each once
   */
  static void put(Sink sink, byte[] terms, int from, int to, int[] messages, int first, int end) {
    ByteWriter steps = new ByteWriter(end - first);
    for (int i = first + 1; i < end; i++) {
      steps.varint(messages[i] - messages[i - 1]);
    }
    sink.put(key(terms, from, to, messages[first]), steps.toByteArray());
  }

  private static byte[] key(byte[] terms, int from, int to, int first) {
    return new ByteWriter(to - from + 5).raw(terms, from, to - from).u8(0).u32(first).toByteArray();
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

  /** Takes records. */
  interface RecordTaker {
    /** One record: its key, and the messages that it names. Gives whether the next is wanted. */
    boolean take(byte[] key, int[] messages);
  }

  /** Calls back with each record of the terms from one to another, while told to. */
  static void forEachRecord(StateDatabase state, String first, String last, RecordTaker records) {
    byte[] end = last.getBytes(StandardCharsets.UTF_8);
    state.scanFrom(
        Table.WORDS,
        first.getBytes(StandardCharsets.UTF_8),
        (key, value) -> {
          if (key.length <= 5
              || Arrays.compareUnsigned(key, 0, key.length - 5, end, 0, end.length) > 0) {
            return false;
          }
          IntList found = new IntList(16);
          read(key, value, found);
          return records.take(key, found.sorted());
        });
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
