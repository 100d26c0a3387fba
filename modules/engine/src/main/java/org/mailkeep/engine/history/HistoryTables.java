package org.mailkeep.engine.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.repository.state.Batch;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.Table;

/** The history as it is noted in the host state, for reading. Safe for use by many threads. */
final class HistoryTables {

  /** Goes up when records change, so that older ones are made anew. */
  private static final int LAYOUT = 3;

  private static final byte[] COUNTERS = {'c'};

  /** Is there while records are loaded; what that was cut off left behind cannot be used. */
  private static final byte[] LOADING = {'l'};

  private final StateDatabase state;

  HistoryTables(StateDatabase state) {
    this.state = state;
  }

  /**
   * The numbers that come next.
   *
   * @param message of messages
   * @param mailbox of mailboxes
   * @param snapshot of snapshots
   */
  record Counters(int message, int mailbox, int snapshot) {}

  StateDatabase state() {
    return state;
  }

  /** The counters; empty where nothing is noted that can be used. */
  Optional<Counters> counters() {
    byte @Nullable [] value = state.get(Table.HISTORY, COUNTERS);
    if (value == null || value[0] != LAYOUT || state.get(Table.HISTORY, LOADING) != null) {
      return Optional.empty();
    }
    ByteReader in = new ByteReader(value, 1, 12);
    return Optional.of(new Counters(in.u32(), in.u32(), in.u32()));
  }

  static void put(Batch batch, Counters next) {
    ByteWriter out = new ByteWriter(13).u8(LAYOUT).u32(next.message());
    batch.put(Table.HISTORY, COUNTERS, out.u32(next.mailbox()).u32(next.snapshot()).toByteArray());
  }

  static void beginLoading(Batch batch) {
    batch.put(Table.HISTORY, LOADING, new byte[0]);
  }

  static void endLoading(Batch batch) {
    batch.delete(Table.HISTORY, LOADING);
  }

  /** All snapshots, in the order of their numbers. */
  List<KnownSnapshot> snapshots() {
    List<KnownSnapshot> snapshots = new ArrayList<>();
    state.scan(
        Table.HISTORY,
        new byte[] {'s'},
        (key, value) ->
            snapshots.add(KnownSnapshot.decode(new ByteReader(key, 1, 4).u32(), value)));
    return snapshots;
  }

  static void put(Batch batch, KnownSnapshot snapshot) {
    batch.put(Table.HISTORY, numbered('s', snapshot.number()), snapshot.encode());
  }

  /** The mailbox of this number. */
  Optional<KnownMailbox> mailbox(int number) {
    byte @Nullable [] value = state.get(Table.HISTORY, numbered('m', number));
    return value == null ? Optional.empty() : Optional.of(KnownMailbox.decode(number, value));
  }

  /** The mailbox of a machine at this path. */
  Optional<KnownMailbox> mailbox(String host, RawPath path) {
    byte @Nullable [] value = state.get(Table.HISTORY, pathKey(host, path));
    return value == null ? Optional.empty() : mailbox(new ByteReader(value).u32());
  }

  /** Calls back with each mailbox, in the order of numbers. */
  void forEachMailbox(Consumer<KnownMailbox> visitor) {
    state.scan(
        Table.HISTORY,
        new byte[] {'m'},
        (key, value) ->
            visitor.accept(KnownMailbox.decode(new ByteReader(key, 1, 4).u32(), value)));
  }

  /** The mailboxes of a machine at a path or below it. */
  List<KnownMailbox> mailboxesBelow(String host, RawPath path) {
    List<Integer> numbers = new ArrayList<>();
    byte[] prefix = pathKey(host, path);
    state.scan(Table.HISTORY, prefix, (_, value) -> numbers.add(new ByteReader(value).u32()));
    return numbers.stream()
        .flatMap(number -> mailbox(number).stream())
        .filter(mailbox -> mailbox.path().startsWith(path))
        .toList();
  }

  static void put(Batch batch, KnownMailbox mailbox) {
    batch.put(Table.HISTORY, numbered('m', mailbox.number()), mailbox.encode());
    batch.put(Table.HISTORY, pathKey(mailbox.host(), mailbox.path()), number(mailbox.number()));
  }

  /** The message of this number. */
  Optional<KeptMessage> message(int number) {
    byte @Nullable [] value = state.get(Table.MESSAGES, messageKey(number));
    return value == null ? Optional.empty() : Optional.of(KeptMessageCodec.decode(value));
  }

  static void put(PendingRecords messages, int number, KeptMessage message) {
    messages.put(messageKey(number), KeptMessageCodec.encode(message));
  }

  /** Calls back with each life of a mailbox, in the order of base names. */
  void forEachLife(int mailbox, Consumer<Life> visitor) {
    state.scan(
        Table.LIVES,
        LifeCodec.prefix(mailbox),
        (key, value) -> visitor.accept(LifeCodec.decode(key, value)));
  }

  /** The lives of one base name in a mailbox, the oldest first. */
  List<Life> lives(int mailbox, FileName base) {
    List<Life> lives = new ArrayList<>();
    state.scan(
        Table.LIVES,
        LifeCodec.prefix(mailbox, base),
        (key, value) -> lives.add(LifeCodec.decode(key, value)));
    return lives;
  }

  /** The life of a message. */
  Optional<Life> life(int number, KeptMessage message) {
    byte[] key = LifeCodec.key(message.mailbox(), message.base(), number);
    byte @Nullable [] value = state.get(Table.LIVES, key);
    return value == null ? Optional.empty() : Optional.of(LifeCodec.decode(key, value));
  }

  static void put(PendingRecords lives, Life life) {
    lives.put(LifeCodec.key(life.mailbox(), life.base(), life.message()), LifeCodec.value(life));
  }

  static void remove(Batch batch, Life life) {
    batch.delete(Table.MESSAGES, messageKey(life.message()));
    batch.delete(Table.LIVES, LifeCodec.key(life.mailbox(), life.base(), life.message()));
  }

  /** Calls back with the number of each message that is noted. */
  void forEachMessageNumber(IntConsumer visitor) {
    state.scan(Table.MESSAGES, new byte[0], (key, _) -> visitor.accept(new ByteReader(key).u32()));
  }

  static byte[] number(int number) {
    return new ByteWriter(4).u32(number).toByteArray();
  }

  private static byte[] messageKey(int number) {
    return number(number);
  }

  private static byte[] numbered(char kind, int number) {
    return new ByteWriter(5).u8(kind).u32(number).toByteArray();
  }

  private static byte[] pathKey(String host, RawPath path) {
    return new ByteWriter(128).u8('p').string(host).raw(path.bytes()).toByteArray();
  }
}
