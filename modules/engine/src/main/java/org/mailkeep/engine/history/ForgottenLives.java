package org.mailkeep.engine.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.repository.state.Batch;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.Table;

/**
 * Takes messages out of the history that no snapshot can give back any more: those that were gone
 * before the oldest snapshot that the repository still has. Some thousand at a time, so that no
 * backup is long about it; their words follow when they have become many. For one thread.
 */
final class ForgottenLives {

  /** Messages taken out in one run at most. */
  private static final int MOST = 20_000;

  /** Words are looked through when so many of their messages have been taken out. */
  private static final int SWEEP_FROM = 10_000;

  /** Or this part of those that are there, if that is more. */
  private static final int SWEEP_PART = 4;

  private static final byte[] TAKEN = {'t'};

  private final HistoryTables tables;
  private final StateDatabase state;
  private final List<KnownSnapshot> known;
  private final SnapshotLog snapshots;
  private final int sweepFrom;
  private final Cancellation cancellation;

  ForgottenLives(
      HistoryTables tables,
      List<KnownSnapshot> known,
      Set<ObjectId> present,
      Cancellation cancellation) {
    this(tables, known, present, SWEEP_FROM, cancellation);
  }

  ForgottenLives(
      HistoryTables tables,
      List<KnownSnapshot> known,
      Set<ObjectId> present,
      int sweepFrom,
      Cancellation cancellation) {
    this.sweepFrom = sweepFrom;
    this.tables = tables;
    this.state = tables.state();
    this.known = known;
    this.snapshots = new SnapshotLog(known, present);
    this.cancellation = cancellation;
  }

  /** Takes out what is of no use. */
  void remove() {
    OptionalInt oldest =
        known.stream().filter(snapshots::isPresent).mapToInt(KnownSnapshot::number).min();
    if (oldest.isEmpty()) {
      return;
    }
    int taken = taken() + removeGoneBy(oldest.getAsInt());
    int there = tables.counters().map(HistoryTables.Counters::message).orElse(0);
    if (taken >= Math.max(sweepFrom, there / SWEEP_PART)) {
      sweep(there);
      taken = 0;
    }
    if (taken != taken()) {
      state.put(Table.HISTORY, TAKEN, HistoryTables.number(taken));
    }
  }

  private int taken() {
    return Optional.ofNullable(state.get(Table.HISTORY, TAKEN))
        .map(value -> new ByteReader(value).u32())
        .orElse(0);
  }

  private int removeGoneBy(int snapshot) {
    String last = Terms.GONE + Terms.goneWord(snapshot);
    List<byte[]> notes = new ArrayList<>();
    IntList messages = new IntList(64);
    Postings.forEachRecord(
        state,
        Terms.anyGone(),
        last,
        (key, numbers) -> {
          notes.add(key);
          for (int number : numbers) {
            messages.add(number);
          }
          return messages.size() < MOST;
        });
    int removed = 0;
    try (Batch batch = state.batch()) {
      for (int number : messages.sorted()) {
        removed += remove(batch, number) ? 1 : 0;
      }
      // One that came back is noted anew when it goes again.
      notes.forEach(key -> batch.delete(Table.WORDS, key));
      batch.commit();
    }
    return removed;
  }

  private boolean remove(Batch batch, int number) {
    Optional<KeptMessage> message = tables.message(number);
    Optional<Life> life = message.flatMap(m -> tables.life(number, m));
    if (life.isEmpty() || life.get().place().isPresent() || isOffered(life.get())) {
      return false;
    }
    HistoryTables.remove(batch, life.get());
    return true;
  }

  private boolean isOffered(Life life) {
    return tables
        .mailbox(life.mailbox())
        .flatMap(mailbox -> snapshots.last(mailbox, life.states()))
        .isPresent();
  }

  /** Takes messages that are no longer there out of the lists of all words. */
  private void sweep(int end) {
    BitSet there = new BitSet(end);
    tables.forEachMessageNumber(there::set);
    try (Batch batch = state.batch()) {
      Postings.forEachRecord(
          state,
          "",
          "\uffff",
          (key, numbers) -> {
            cancellation.check();
            int[] left = Arrays.stream(numbers).filter(there::get).toArray();
            if (left.length < numbers.length) {
              batch.delete(Table.WORDS, key);
              if (left.length > 0) {
                Postings.put(
                    (place, steps) -> batch.put(Table.WORDS, place, steps),
                    key,
                    0,
                    key.length - 5,
                    left,
                    0,
                    left.length);
              }
            }
            if (batch.size() > HistoryWriter.MAX_BYTES) {
              batch.commit();
            }
            return true;
          });
      batch.commit();
    }
  }
}
