package org.mailkeep.repository.pack;

import java.util.List;
import java.util.function.Consumer;
import org.mailkeep.repository.block.BlockInfo;
import org.mailkeep.repository.index.BlockLocation;

/**
 * Moves blocks of packs into new packs. A block is opened and sealed anew and stays as it is
 * compressed, so that neither its chunks nor its bases need be at hand. Holds two packs at most.
 * For one thread.
 */
public final class PackRewriter {

  private final PackReader packs;
  private final PackStore store;
  private final Consumer<PackTable> stored;
  private PackBuilder content = new PackBuilder();
  private PackBuilder metadata = new PackBuilder();

  /**
   * @param stored is given each new pack when it is durable
   */
  public PackRewriter(PackReader packs, PackStore store, Consumer<PackTable> stored) {
    this.packs = packs;
    this.store = store;
    this.stored = stored;
  }

  /**
   * Takes a block.
   *
   * @param location where it is
   * @param block what its pack's table says of it
   * @throws org.mailkeep.model.error.DamagedException where it does not open; nothing was taken
   */
  public void add(BlockLocation location, BlockInfo block) {
    byte[] packed =
        packs.block(
            location.pack(),
            location.number(),
            location.kind(),
            location.offset(),
            location.storedLength());
    PackBuilder pack = block.kind().isMetadata() ? metadata : content;
    pack.add(
        new PackBuilder.Block(
            block.kind(), block.codec(), packed, block.depth(), block.bases(), block.chunks()));
    if (pack.isFull()) {
      flush(pack);
    }
  }

  /** Stores what was taken; all of it is durable when this returns. */
  public void flush() {
    if (content.hasRoomFor(metadata)) {
      content.addAll(metadata);
      metadata = new PackBuilder();
    }
    List.of(content, metadata).forEach(this::flush);
  }

  private void flush(PackBuilder pack) {
    if (!pack.isEmpty()) {
      stored.accept(store.store(pack).table());
    }
    if (pack == content) {
      content = new PackBuilder();
    } else {
      metadata = new PackBuilder();
    }
  }
}
