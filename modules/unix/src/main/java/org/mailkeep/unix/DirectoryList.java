package org.mailkeep.unix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailkeep.model.FileName;

/** Reads linux_dirent64 structures, getdents64(2): inode 8, offset 8, length 2, type 1, name. */
final class DirectoryList {

  private static final NativeFunction GETDENTS64 =
      NativeFunction.systemCall("getdents64", Architecture.CURRENT.getdents64);
  private static final NativeFunction LSEEK = NativeFunction.of("lseek");

  private static final int NAME = 19;

  /** Entries are padded to multiples of this, so that much of the last word may be no name. */
  private static final int ALIGNMENT = 8;

  private DirectoryList() {}

  /** All entries but "." and "..", in the kernel's order, from the first one. */
  static List<DirectoryEntry> read(Directory directory) {
    CallFrame frame = CallFrame.current();
    int descriptor = directory.descriptor();
    if (frame.callLong(LSEEK, descriptor, 0, 0, 0, 0) < 0) {
      throw frame.failure(LSEEK, directory.path());
    }
    MemorySegment buffer = frame.buffer();
    List<DirectoryEntry> entries = new ArrayList<>();
    while (true) {
      int count = frame.call(GETDENTS64, descriptor, buffer.address(), CallFrame.BUFFER_SIZE, 0, 0);
      if (count < 0) {
        throw frame.failure(GETDENTS64, directory.path());
      }
      if (count == 0) {
        return entries;
      }
      for (int at = 0; at < count; at += length(buffer, at)) {
        DirectoryEntry entry = entry(buffer, at, frame.array());
        if (entry != null) {
          entries.add(entry);
        }
      }
    }
  }

  private static int length(MemorySegment buffer, long at) {
    return buffer.get(JAVA_SHORT, at + 16) & 0xffff;
  }

  private static @Nullable DirectoryEntry entry(MemorySegment buffer, long at, byte[] name) {
    int padded = length(buffer, at) - NAME;
    MemorySegment.copy(buffer, JAVA_BYTE, at + NAME, name, 0, padded);
    int end = Math.max(0, padded - ALIGNMENT);
    while (name[end] != 0) {
      end++;
    }
    if (name[0] == '.' && (end == 1 || (end == 2 && name[1] == '.'))) {
      return null;
    }
    return new DirectoryEntry(
        FileName.of(name, 0, end),
        buffer.get(JAVA_LONG, at),
        FileType.ofCode(buffer.get(JAVA_BYTE, at + 18)));
  }
}
