package org.mailkeep.repository.index;

import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.repository.state.Batch;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.Table;

/** Short local numbers for the packs of an index. None is ever given to two packs. */
final class PackNumbers {

  private static final byte[] NEXT = {'n'};

  private final StateDatabase state;
  private int next;

  PackNumbers(StateDatabase state) {
    this.state = state;
    byte[] value = state.get(Table.FACTS, NEXT);
    this.next = value == null ? 0 : new ByteReader(value).u32();
  }

  /** The pack of a number. */
  ObjectId pack(int number) {
    return ObjectId.of(known(state.get(Table.PACKS, key(number))));
  }

  /** The host state writes a pack's records in one batch, so none of them can be missing alone. */
  static byte[] known(byte @Nullable [] value) {
    if (value == null) {
      throw new IllegalStateException("the host state lost a pack");
    }
    return value;
  }

  /** The number of a pack, if it has one. */
  OptionalInt number(ObjectId pack) {
    byte[] value = state.get(Table.PACKS, pack.bytes());
    return value == null ? OptionalInt.empty() : OptionalInt.of(new ByteReader(value).u32());
  }

  /** Whether a pack has a number. */
  boolean contains(ObjectId pack) {
    return state.get(Table.PACKS, pack.bytes()) != null;
  }

  /** Gives a pack the next number, as soon as the batch is committed. */
  int add(Batch batch, ObjectId pack) {
    int number = next++;
    batch.put(Table.FACTS, NEXT, key(next));
    batch.put(Table.PACKS, key(number), pack.bytes());
    batch.put(Table.PACKS, pack.bytes(), key(number));
    return number;
  }

  /** Takes a number away from its pack; that is empty where it was done before. */
  Optional<ObjectId> remove(Batch batch, int number) {
    byte[] pack = state.get(Table.PACKS, key(number));
    if (pack == null) {
      return Optional.empty();
    }
    batch.delete(Table.PACKS, pack).delete(Table.PACKS, key(number));
    return Optional.of(ObjectId.of(pack));
  }

  private static byte[] key(int number) {
    return new ByteWriter(4).u32(number).toByteArray();
  }
}
