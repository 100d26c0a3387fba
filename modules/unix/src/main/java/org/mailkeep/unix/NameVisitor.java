package org.mailkeep.unix;

/** Is told of the names in a directory, one by one. */
public interface NameVisitor {
  /**
   * The next one. Nothing else of this package may be called meanwhile.
   *
   * @param name begins with the name; the array is used again for the next one
   * @param length the number of bytes that are the name
   * @param inode as {@link DirectoryEntry#inode}
   */
  void visit(byte[] name, int length, long inode);
}
