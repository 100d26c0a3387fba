package org.mailkeep.repository.pack;

import java.util.List;
import org.mailkeep.model.ObjectId;
import org.mailkeep.repository.block.BlockInfo;

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
}
