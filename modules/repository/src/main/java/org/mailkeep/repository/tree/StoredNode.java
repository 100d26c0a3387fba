package org.mailkeep.repository.tree;

import java.util.Optional;
import java.util.function.Supplier;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.FileName;

/**
 * A node that the repository has.
 *
 * @param level 0 for a leaf
 * @param first the first name in it; empty only for the leaf of an empty directory
 * @param id its id
 * @param encoding reads its bytes, which may be lost
 * @param entries the number of entries in a leaf, or of children in a branch
 */
public record StoredNode(
    int level, FileName first, ChunkId id, Supplier<Optional<byte[]>> encoding, int entries) {

  static StoredNode of(int level, FileName first, ChunkId id, byte[] bytes, int entries) {
    return new StoredNode(level, first, id, () -> Optional.of(bytes), entries);
  }

  StoredNode withoutBytes() {
    return new StoredNode(level, first, id, Optional::empty, entries);
  }

  /** Its bytes; empty where they are lost. */
  public Optional<byte[]> bytes() {
    return encoding.get();
  }
}
