package org.mailkeep.cli.command;

import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.unix.FileType;

/** Types and modes as ls(1) writes them. */
final class ModeText {

  private ModeText() {}

  static String of(Entry entry) {
    int mode = entry.metadata().mode();
    StringBuilder text = new StringBuilder();
    text.append(letter(entry.body()));
    text.append(bits(mode >> 6, (mode & 04000) != 0, 's'));
    text.append(bits(mode >> 3, (mode & 02000) != 0, 's'));
    text.append(bits(mode, (mode & 01000) != 0, 't'));
    return text.toString();
  }

  private static String bits(int bits, boolean special, char mark) {
    boolean execute = (bits & 1) != 0;
    char last = special ? (execute ? mark : Character.toUpperCase(mark)) : execute ? 'x' : '-';
    return "" + ((bits & 4) != 0 ? 'r' : '-') + ((bits & 2) != 0 ? 'w' : '-') + last;
  }

  private static char letter(Body body) {
    return switch (body) {
      case Body.RegularFile _ -> '-';
      case Body.Directory _ -> 'd';
      case Body.SymbolicLink _ -> 'l';
      case Body.Fifo _ -> 'p';
      case Body.Socket _ -> 's';
      case Body.Device device -> device.block() ? 'b' : 'c';
    };
  }

  static String type(Body body) {
    return switch (body) {
      case Body.RegularFile _ -> "file";
      case Body.Directory _ -> "directory";
      case Body.SymbolicLink _ -> "symlink";
      case Body.Fifo _ -> "fifo";
      case Body.Socket _ -> "socket";
      case Body.Device device -> device.block() ? "blockDevice" : "characterDevice";
    };
  }

  static String type(FileType type) {
    return switch (type) {
      case REGULAR -> "file";
      case DIRECTORY -> "directory";
      case SYMLINK -> "symlink";
      case FIFO -> "fifo";
      case SOCKET -> "socket";
      case BLOCK_DEVICE -> "blockDevice";
      case CHARACTER_DEVICE -> "characterDevice";
    };
  }
}
