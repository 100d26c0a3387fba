package org.mailkeep.repository.pack;

import org.mailkeep.model.ObjectId;

/**
 * A pack that was read by way of its parity.
 *
 * @param pack the pack
 * @param badSectors how many sectors of 4,096 bytes were wrong
 */
public record MendedPack(ObjectId pack, int badSectors) {

  /** The pack's name in the storage. */
  public String name() {
    return PackReader.name(pack).toString();
  }
}
