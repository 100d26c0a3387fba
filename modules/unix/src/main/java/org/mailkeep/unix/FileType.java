package org.mailkeep.unix;

import org.jspecify.annotations.Nullable;

/** What a directory entry is: S_IFMT of inode(7). */
public enum FileType {
  FIFO(1, "named pipe"),
  CHARACTER_DEVICE(2, "character device"),
  DIRECTORY(4, "directory"),
  BLOCK_DEVICE(6, "block device"),
  REGULAR(8, "regular file"),
  SYMLINK(10, "symbolic link"),
  SOCKET(12, "socket");

  private static final @Nullable FileType[] BY_CODE = new @Nullable FileType[16];

  static {
    for (FileType type : values()) {
      BY_CODE[type.code] = type;
    }
  }

  private final int code;
  private final String words;

  FileType(int code, String words) {
    this.code = code;
    this.words = words;
  }

  /** Its number in d_type of getdents(2), 0 to 15. */
  public int code() {
    return code;
  }

  /** The type's bits in st_mode: the code, shifted. */
  public int modeBits() {
    return code << 12;
  }

  /** The type of this code, or null where it is that of none, as where d_type is not told. */
  public static @Nullable FileType ofCode(int code) {
    return BY_CODE[code & 15];
  }

  /** The type for a person: "named pipe". */
  @Override
  public String toString() {
    return words;
  }
}
