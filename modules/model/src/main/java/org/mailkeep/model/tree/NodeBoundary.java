package org.mailkeep.model.tree;

import org.mailkeep.model.FileName;

/**
 * Says where nodes end. A node ends after a name whose hash is 0 modulo the spread, but not before
 * it has the least number of entries, and at the latest with the largest number or size.
 *
 * <p>The hash is FNV-1a (64 bits) over the name's bytes, finished by the multiplication of
 * MurmurHash3's mixer; it needs no secret, for nodes are sealed in blocks that hide where they end.
 */
public final class NodeBoundary {

  /** Entries that a node has at least, but for the last node of a directory. */
  public static final int MIN = 32;

  /** One name in so many ends a node once {@link #MIN} is reached. */
  public static final int SPREAD = 96;

  /** Entries that a node has at most. */
  public static final int MAX = 512;

  /** Encoded bytes after which a node ends whatever its names are. */
  public static final int MAX_BYTES = 256 << 10;

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final long MIX = 0xff51afd7ed558ccdL;

  private NodeBoundary() {}

  /**
   * Whether a node ends after this name.
   *
   * @param count the number of entries in the node, this one included
   * @param bytes a bound of the node's encoded size, this entry included
   */
  public static boolean after(FileName name, int count, long bytes) {
    return count >= MAX || bytes >= MAX_BYTES || (count >= MIN && isBoundary(name));
  }

  private static boolean isBoundary(FileName name) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.at(i)) * FNV_PRIME;
    }
    hash = (hash ^ hash >>> 33) * MIX;
    return Long.remainderUnsigned(hash ^ hash >>> 33, SPREAD) == 0;
  }
}
