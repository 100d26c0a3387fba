package org.mailkeep.engine.ingest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import org.mailkeep.engine.content.ByteSource;
import org.mailkeep.engine.content.ContentWriter;
import org.mailkeep.engine.content.Holes;
import org.mailkeep.model.error.StorageException;

/**
 * Stores what comes once. A message whose parts do not prove to bring it back must be read a second
 * time: so each is kept until that is known, in memory, or a long one in a temporary file.
 */
final class MemberContent implements AutoCloseable {

  private static final int IN_MEMORY = 4 << 20;
  private static final int PIECE = 64 << 10;

  private final ContentWriter writer;
  private Optional<FileChannel> spool = Optional.empty();

  MemberContent(ContentWriter writer) {
    this.writer = writer;
  }

  /** Stores a file that is no message. */
  ContentWriter.Stored file(ByteSource source, long size, Holes holes) {
    return writer.file(source, size, holes);
  }

  /** Stores a message, by its parts where that can be. */
  ContentWriter.Stored message(ByteSource source, long size) {
    return size <= IN_MEMORY ? small(source, size) : large(source, size);
  }

  private ContentWriter.Stored small(ByteSource source, long size) {
    byte[] bytes = new byte[(int) size];
    byte[] read = Arrays.copyOf(bytes, source.readFully(bytes, 0, bytes.length));
    return writer
        .message(new Bytes(read), size)
        .orElseGet(() -> writer.file(new Bytes(read), size, Holes.NONE));
  }

  private static final class Bytes implements ByteSource {
    private final byte[] bytes;
    private int at;

    Bytes(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      int count = Math.min(length, bytes.length - at);
      System.arraycopy(bytes, at, target, offset, count);
      at += count;
      return count == 0 && length > 0 ? -1 : count;
    }
  }

  private ContentWriter.Stored large(ByteSource source, long size) {
    try {
      FileChannel channel = channel();
      channel.truncate(0);
      byte[] piece = new byte[PIECE];
      for (int count = source.read(piece, 0, PIECE);
          count >= 0;
          count = source.read(piece, 0, PIECE)) {
        ByteBuffer buffer = ByteBuffer.wrap(piece, 0, count);
        while (buffer.hasRemaining()) {
          var _ = channel.write(buffer);
        }
      }
      channel.position(0);
      Optional<ContentWriter.Stored> split = writer.message(reader(channel), size);
      if (split.isPresent()) {
        return split.get();
      }
      channel.position(0);
      return writer.file(reader(channel), size, Holes.NONE);
    } catch (IOException e) {
      throw full(e);
    }
  }

  private static ByteSource reader(FileChannel channel) {
    return (target, offset, length) -> {
      try {
        return channel.read(ByteBuffer.wrap(target, offset, length));
      } catch (IOException e) {
        throw full(e);
      }
    };
  }

  private FileChannel channel() throws IOException {
    if (spool.isEmpty()) {
      Path file = Files.createTempFile("mailkeep-", ".message");
      spool =
          Optional.of(
              FileChannel.open(
                  file,
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE,
                  StandardOpenOption.DELETE_ON_CLOSE));
    }
    return spool.get();
  }

  private static StorageException full(IOException e) {
    return new StorageException(
        "A long message cannot be kept in a temporary file: " + e.getMessage(),
        "See that " + System.getProperty("java.io.tmpdir") + " can be written and has room.",
        e);
  }

  @Override
  public void close() {
    spool.ifPresent(
        channel -> {
          try {
            channel.close();
          } catch (IOException e) {
            // It is deleted in any case.
          }
        });
  }
}
