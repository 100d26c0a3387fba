package org.mailkeep.model.tree;

import org.mailkeep.model.ByteString;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.content.Recipe;

/** What an entry is: the type of file, with what only that type has. */
public sealed interface Body {

  /**
   * A regular file.
   *
   * @param size its length in bytes
   * @param recipe how its bytes come back
   */
  record RegularFile(long size, Recipe recipe) implements Body {}

  /**
   * A directory.
   *
   * @param root the root node of its entries
   * @param files the number of entries that are no directories, in the whole subtree
   * @param size the sum of the sizes of regular files in the whole subtree, in bytes
   * @param partial whether it stands here only because it leads to what was backed up, so that
   *     entries beside that are missing
   */
  record Directory(ChunkId root, long files, long size, boolean partial) implements Body {}

  /**
   * A symbolic link.
   *
   * @param target what it says
   */
  record SymbolicLink(ByteString target) implements Body {
    /** The longest target: PATH_MAX of limits.h, in bytes. */
    public static final int MAX_TARGET = 4096;
  }

  /** A named pipe, fifo(7). */
  record Fifo() implements Body {}

  /** A socket, unix(7). */
  record Socket() implements Body {}

  /**
   * A device node.
   *
   * @param block whether it is a block device; a character device otherwise
   * @param major its major number
   * @param minor its minor number
   */
  record Device(boolean block, int major, int minor) implements Body {}
}
