package org.mailkeep.repository.pack;

import java.util.ArrayList;
import java.util.List;
import org.mailkeep.model.ObjectId;
import org.mailkeep.repository.block.BlockInfo;
import org.mailkeep.repository.index.BlockLocation;

/**
 * A pack's table of contents.
 *
 * @param pack the pack
 * @param size the length of its file in bytes
 * @param blocks its blocks, in file order, the first at {@link PackFormat#FIRST_BLOCK}
 */
public record PackTable(ObjectId pack, long size, List<BlockInfo> blocks) {
  /** Copies the list. */
  public PackTable {
    blocks = List.copyOf(blocks);
  }

  /** Where its blocks are, in order. */
  public List<BlockLocation> locations() {
    List<BlockLocation> locations = new ArrayList<>(blocks.size());
    long offset = PackFormat.FIRST_BLOCK;
    for (BlockInfo block : blocks) {
      locations.add(
          new BlockLocation(
              pack,
              locations.size(),
              offset,
              block.storedLength(),
              block.length(),
              block.kind(),
              block.codec(),
              block.depth(),
              block.bases()));
      offset += block.storedLength();
    }
    return locations;
  }
}
