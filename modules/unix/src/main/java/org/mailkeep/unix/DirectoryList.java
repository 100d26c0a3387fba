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

  /** Is told of an entry: its name in {@code name[0..length)}, and where its record begins. */
  private interface RecordVisitor {
    void visit(byte[] name, int length, MemorySegment buffer, long at);
  }

  /** All entries but "." and "..", in the kernel's order, from the first one. */
  static List<DirectoryEntry> read(Directory directory) {
    List<DirectoryEntry> entries = new ArrayList<>();
    forEachRecord(
        directory,
        (name, length, buffer, at) ->
            entries.add(
                new DirectoryEntry(
                    FileName.of(name, 0, length), inode(buffer, at), type(buffer, at))));
    return entries;
  }

  static void forEachName(Directory directory, NameVisitor visitor) {
    forEachRecord(
        directory,
        (name, length, buffer, at) ->
            visitor.visit(name, length, inode(buffer, at), type(buffer, at)));
  }

  /** As {@link #forEachName}, with the status. */
  static void forEachStatus(Directory directory, StatusVisitor visitor) {
    CallFrame frame = CallFrame.current();
    int descriptor = directory.descriptor();
    forEachRecord(
        directory,
        (name, length, buffer, at) -> {
          // The name ends with a NUL where it is.
          FileStat stat = FileStat.ofName(frame, descriptor, buffer.address() + at + NAME);
          if (stat != null) {
            visitor.visit(name, length, stat);
          } else if (frame.errno() == Errno.ENOENT) {
            visitor.gone(name, length, inode(buffer, at));
          } else {
            FileName full = FileName.of(name, 0, length);
            throw frame.failure(FileStat.STATX, directory.path().resolve(full));
          }
        });
  }

  private static void forEachRecord(Directory directory, RecordVisitor visitor) {
    // The place in the listing belongs to the descriptor: threads that moved it back for each other
    // would never come to the end.
    synchronized (directory) {
      visitAll(directory, visitor);
    }
  }

  private static void visitAll(Directory directory, RecordVisitor visitor) {
    CallFrame frame = CallFrame.current();
    int descriptor = directory.descriptor();
    if (frame.callLong(LSEEK, descriptor, 0, 0, 0, 0) < 0) {
      throw frame.failure(LSEEK, directory.path());
    }
    MemorySegment buffer = frame.buffer();
    while (true) {
      int count = frame.call(GETDENTS64, descriptor, buffer.address(), CallFrame.BUFFER_SIZE, 0, 0);
      if (count < 0) {
        throw frame.failure(GETDENTS64, directory.path());
      }
      if (count == 0) {
        return;
      }
      int recordLength;
      for (int at = 0; at < count; at += recordLength) {
        recordLength = length(buffer, at);
        byte[] name = frame.array();
        int length = copyName(buffer, at, recordLength, name);
        if (!isSelfOrParent(name, length)) {
          visitor.visit(name, length, buffer, at);
        }
      }
    }
  }

  private static long inode(MemorySegment buffer, long at) {
    return buffer.get(JAVA_LONG, at);
  }

  private static @Nullable FileType type(MemorySegment buffer, long at) {
    return FileType.ofCode(buffer.get(JAVA_BYTE, at + 18));
  }

  private static int length(MemorySegment buffer, long at) {
    return buffer.get(JAVA_SHORT, at + 16) & 0xffff;
  }

  private static int copyName(MemorySegment buffer, long at, int recordLength, byte[] name) {
    int padded = recordLength - NAME;
    MemorySegment.copy(buffer, JAVA_BYTE, at + NAME, name, 0, padded);
    int end = Math.max(0, padded - ALIGNMENT);
    while (name[end] != 0) {
      end++;
    }
    return end;
  }

  private static boolean isSelfOrParent(byte[] name, int length) {
    return name[0] == '.' && (length == 1 || (length == 2 && name[1] == '.'));
  }
}
