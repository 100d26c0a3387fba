package org.mailkeep.engine.sort;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.zip.CRC32C;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.StorageException;

/**
 * Runs of blocks in a file without a name: it is gone when it is closed, and with the process at
 * the latest. Each block has its length and a checksum of four bytes each before it.
 */
final class RunFile implements AutoCloseable {

  private static final int HEAD = 8;

  private final Path folder;
  private final FileChannel channel;
  private final List<Extent> runs = new ArrayList<>();
  private long end;

  /** Where a run stands in the file. */
  private record Extent(long from, long to) {}

  private RunFile(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /** Makes one in this folder. */
  static RunFile create(Path folder) {
    try {
      Path file = Files.createTempFile(folder, "sort-", "");
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
      Files.delete(file);
      return new RunFile(folder, channel);
    } catch (IOException e) {
      throw failure(folder, e);
    }
  }

  private static StorageException failure(Path folder, IOException e) {
    return new StorageException(
        "What a large folder holds cannot be sorted in " + folder + ": " + e.getMessage(),
        "See that the folder can be written and has room, or name another with --state-dir.",
        e);
  }

  /** Begins a run after the last one. */
  Run begin() {
    return new Run();
  }

  /** A run that is being written; it counts when it is closed. */
  final class Run implements AutoCloseable {
    private final long from = end;

    /** Adds a block. */
    void add(byte[] block) {
      ByteBuffer bytes = ByteBuffer.allocate(HEAD + block.length);
      bytes.putInt(block.length).putInt(checksum(block)).put(block).flip();
      try {
        while (bytes.hasRemaining()) {
          end += channel.write(bytes, end);
        }
      } catch (IOException e) {
        throw failure(folder, e);
      }
    }

    @Override
    public void close() {
      runs.add(new Extent(from, end));
    }
  }

  private static int checksum(byte[] block) {
    CRC32C sum = new CRC32C();
    sum.update(block);
    return (int) sum.getValue();
  }

  /** The blocks of each run, in the order of writing. */
  List<Iterator<byte[]>> runs() {
    return runs.stream().<Iterator<byte[]>>map(Blocks::new).toList();
  }

  private final class Blocks implements Iterator<byte[]> {
    private final long to;
    private long at;

    Blocks(Extent run) {
      this.at = run.from;
      this.to = run.to;
    }

    @Override
    public boolean hasNext() {
      return at < to;
    }

    @Override
    public byte[] next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      ByteBuffer head = read(HEAD);
      int length = head.getInt();
      int sum = head.getInt();
      if (length < 0 || length > to - at) {
        throw damaged();
      }
      byte[] block = read(length).array();
      if (checksum(block) != sum) {
        throw damaged();
      }
      return block;
    }

    private ByteBuffer read(int length) {
      ByteBuffer bytes = ByteBuffer.allocate(length);
      try {
        while (bytes.hasRemaining()) {
          int count = channel.read(bytes, at);
          if (count < 0) {
            throw damaged();
          }
          at += count;
        }
      } catch (IOException e) {
        throw failure(folder, e);
      }
      return bytes.flip();
    }

    private DamagedException damaged() {
      return new DamagedException(
          "a temporary file in " + folder, "it is not what was written; see to that disk");
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw failure(folder, e);
    }
  }
}
