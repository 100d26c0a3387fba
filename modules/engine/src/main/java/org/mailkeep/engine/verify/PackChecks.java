package org.mailkeep.engine.verify;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.repository.state.Batch;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.Table;

/**
 * Remembers on this host when each pack was last read and proven, and which were found damaged.
 * Safe for use by many threads.
 */
public final class PackChecks {

  private static final int SOUND = 0;
  private static final int DAMAGED = 1;

  private final StateDatabase state;

  /** What this state remembers. */
  public PackChecks(StateDatabase state) {
    this.state = state;
  }

  /** Takes note of a pack that was read just now. */
  void read(ObjectId pack, Instant now, boolean sound) {
    byte[] value =
        new ByteWriter(9).u8(sound ? SOUND : DAMAGED).u64(now.toEpochMilli()).toByteArray();
    state.put(Table.PACK_CHECKS, pack.bytes(), value);
  }

  /** When the pack was last read. */
  Optional<Instant> lastRead(ObjectId pack) {
    byte @Nullable [] value = state.get(Table.PACK_CHECKS, pack.bytes());
    return value == null
        ? Optional.empty()
        : Optional.of(Instant.ofEpochMilli(new ByteReader(value, 1, 8).u64()));
  }

  /** Whether the pack was damaged when it was last read. */
  public boolean isDamaged(ObjectId pack) {
    byte @Nullable [] value = state.get(Table.PACK_CHECKS, pack.bytes());
    return value != null && value[0] == DAMAGED;
  }

  /** Names all packs of which something is remembered. */
  public void forEach(Consumer<ObjectId> each) {
    state.scan(Table.PACK_CHECKS, new byte[0], (key, _) -> each.accept(ObjectId.of(key)));
  }

  /** Forgets a pack. */
  public void forget(ObjectId pack) {
    try (Batch batch = state.batch()) {
      batch.delete(Table.PACK_CHECKS, pack.bytes()).commit();
    }
  }
}
