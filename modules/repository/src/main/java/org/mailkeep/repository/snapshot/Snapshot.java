package org.mailkeep.repository.snapshot;

import java.util.Comparator;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.snapshot.Manifest;

/**
 * A snapshot in the repository.
 *
 * @param id its id
 * @param manifest what it says of itself
 */
public record Snapshot(ObjectId id, Manifest manifest) {

  /**
   * By the moment for which they stand. One that a repair made from another stands for the same
   * moment and comes after it, so that it is the later one that counts.
   */
  public static final Comparator<Snapshot> OLDEST_FIRST =
      Comparator.comparing((Snapshot snapshot) -> snapshot.manifest().time())
          .thenComparing(snapshot -> snapshot.manifest().finished())
          .thenComparing(Snapshot::id);
}
