package org.mailkeep.engine.copy;

import java.util.Optional;
import org.mailkeep.model.ObjectId;
import org.mailkeep.repository.snapshot.Snapshot;

/** How snapshots get into a target. For one thread. */
sealed interface CopyWay extends AutoCloseable permits SameKeys, OtherKeys {

  /** Whether the target had the snapshot when this began. */
  boolean has(Snapshot snapshot);

  /** A snapshot of the source by its id in the target; empty where that does not have it. */
  Optional<ObjectId> there(ObjectId snapshot);

  /**
   * Copies all that a snapshot needs, and then the snapshot.
   *
   * @throws org.mailkeep.model.error.DamagedException where something that it needs is damaged
   */
  void copy(Snapshot snapshot);

  /** Bytes stored so far. */
  long storedBytes();

  @Override
  void close();
}
