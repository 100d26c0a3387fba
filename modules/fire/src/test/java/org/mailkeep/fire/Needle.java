package org.mailkeep.fire;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A text that must not be found where it does not belong. This virtual machine has it in disguise
 * only, so that its own memory can be searched, too.
 */
final class Needle {

  private static final int LENGTH = 20;
  private static final int DISGUISE = 0x5a;
  private static final long WINDOW = 1L << 28;

  private final byte[] disguised = new byte[LENGTH];

  /** Letters that are nowhere else. */
  Needle(SplittableRandom random) {
    for (int i = 0; i < LENGTH; i++) {
      disguised[i] = (byte) ('a' + random.nextInt(26) ^ DISGUISE);
    }
  }

  /** As text, which stays in memory. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (byte b : disguised) {
      text.append((char) (b ^ DISGUISE));
    }
    return text.toString();
  }

  /** Writes it to a new file, past the heap. */
  Path write(Path file) throws IOException {
    ByteBuffer direct = ByteBuffer.allocateDirect(LENGTH + 1);
    for (byte b : disguised) {
      direct.put((byte) (b ^ DISGUISE));
    }
    direct.put((byte) '\n').flip();
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      int _ = out.write(direct);
    }
    direct.clear().put(new byte[LENGTH + 1]);
    return file;
  }

  /** How often a file has it, in one or two bytes a letter. */
  long countIn(Path file) throws IOException {
    long count = 0;
    try (FileChannel in = FileChannel.open(file)) {
      long size = in.size();
      for (long at = 0; at < size; at += WINDOW) {
        long length = Math.min(size - at, WINDOW + 2 * LENGTH);
        count += count(in.map(FileChannel.MapMode.READ_ONLY, at, length));
      }
    }
    return count;
  }

  /** The regular files below a folder that have it, and how often. */
  Map<Path, Long> findBelow(Path folder) throws IOException {
    Map<Path, Long> found = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path file : walk.toList()) {
        if (file.getFileName().toString().contains(text())) {
          found.put(file, 1L);
        }
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) > 0) {
          long count = countIn(file);
          if (count > 0) {
            found.merge(file, count, Long::sum);
          }
        }
      }
    }
    return found;
  }

  /** How often the memory of a process has it, whatever became of the objects there. */
  long countInMemory(long process) throws IOException {
    long count = 0;
    List<String> maps = Files.readAllLines(Path.of("/proc/" + process + "/maps"));
    try (RandomAccessFile memory = new RandomAccessFile("/proc/" + process + "/mem", "r")) {
      ByteBuffer buffer = ByteBuffer.allocateDirect((1 << 20) + 2 * LENGTH);
      for (String line : maps) {
        if (line.split(" +", -1)[1].startsWith("rw")) {
          String[] range = line.substring(0, line.indexOf(' ')).split("-", -1);
          long end = Long.parseUnsignedLong(range[1], 16);
          for (long at = Long.parseUnsignedLong(range[0], 16); at < end; at += 1 << 20) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), end - at));
            try {
              int _ = memory.getChannel().read(buffer, at);
              count += count(buffer.flip());
            } catch (IOException e) {
              // Reserved, and never used.
            }
          }
        }
      }
    }
    return count;
  }

  private long count(ByteBuffer bytes) {
    long count = 0;
    byte first = (byte) (disguised[0] ^ DISGUISE);
    for (int i = 0; i <= bytes.limit() - LENGTH; i++) {
      if (bytes.get(i) == first && (isAt(bytes, i, 1) || isAt(bytes, i, 2))) {
        count++;
      }
    }
    return count;
  }

  private boolean isAt(ByteBuffer bytes, int at, int step) {
    if (at + (LENGTH - 1) * step >= bytes.limit()) {
      return false;
    }
    for (int k = 1; k < LENGTH; k++) {
      if (bytes.get(at + k * step) != (byte) (disguised[k] ^ DISGUISE)) {
        return false;
      }
    }
    return true;
  }
}
