package org.mailkeep.repository.index;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.repository.state.Batch;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.Table;

/** Which packs of an index are condemned, by the lists that the host state has taken note of. */
final class CondemnedNumbers {

  private static final byte[] LIST = {'c'};

  private final StateDatabase state;
  private final PackNumbers numbers;
  private volatile BitSet packs = new BitSet();

  CondemnedNumbers(StateDatabase state, PackNumbers numbers) {
    this.state = state;
    this.numbers = numbers;
    read();
  }

  /** Looks up which packs are condemned; to be called when lists or packs came or went. */
  void read() {
    BitSet found = new BitSet();
    state.scan(
        Table.FACTS,
        LIST,
        (_, value) -> {
          ByteReader in = new ByteReader(value);
          while (in.remaining() > 0) {
            numbers.number(ObjectId.read(in)).ifPresent(found::set);
          }
        });
    packs = found;
  }

  boolean isEmpty() {
    return packs.isEmpty();
  }

  boolean contains(int number) {
    return packs.get(number);
  }

  /** All of them; a copy. */
  BitSet all() {
    return (BitSet) packs.clone();
  }

  /** Has these count as condemned until the next {@link #read}. */
  void setAside(BitSet more) {
    BitSet all = all();
    all.or(more);
    packs = all;
  }

  /** The lists that were taken note of. */
  Set<ObjectId> lists() {
    Set<ObjectId> lists = new TreeSet<>();
    state.scan(
        Table.FACTS,
        LIST,
        (key, _) -> lists.add(ObjectId.of(Arrays.copyOfRange(key, 1, key.length))));
    return lists;
  }

  /** Takes note of lists that came and went, as soon as the batch is committed. */
  void note(Batch batch, List<CondemnedPacks.Condemned> added, Set<ObjectId> removed) {
    removed.forEach(list -> batch.delete(Table.FACTS, key(list)));
    for (CondemnedPacks.Condemned list : added) {
      ByteWriter ids = new ByteWriter(ObjectId.LENGTH * list.packs().size());
      list.packs().forEach(pack -> pack.write(ids));
      batch.put(Table.FACTS, key(list.id()), ids.toByteArray());
    }
  }

  private static byte[] key(ObjectId list) {
    return new ByteWriter(33).raw(LIST).raw(list.bytes()).toByteArray();
  }
}
