package org.mailkeep.unix;

/** Is told of the entries of a directory, one by one. */
public interface StatusVisitor {
  /**
   * The next one. Nothing else of this package may be called meanwhile.
   *
   * @param name begins with the name; the array is used again for the next one
   * @param length the number of bytes that are the name
   */
  void visit(byte[] name, int length, FileStat stat);

  /**
   * One that was listed, and was gone when its status was asked for.
   *
   * @param name begins with the name; the array is used again for the next one
   * @param length the number of bytes that are the name
   * @param inode as {@link DirectoryEntry#inode}
   */
  default void gone(byte[] name, int length, long inode) {}
}
