package org.mailkeep.unix;

import org.jspecify.annotations.Nullable;

/** Is told of the names in a directory, one by one. */
public interface NameVisitor {
  /**
   * The next one. Nothing else of this package may be called meanwhile.
   *
   * @param name begins with the name; the array is used again for the next one
   * @param length the number of bytes that are the name
   * @param inode as {@link DirectoryEntry#inode}
   * @param type as {@link DirectoryEntry#type}
   */
  void visit(byte[] name, int length, long inode, @Nullable FileType type);
}
