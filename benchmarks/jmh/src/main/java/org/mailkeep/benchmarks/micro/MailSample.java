package org.mailkeep.benchmarks.micro;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.mailkeep.crypto.FullKeys;
import org.mailkeep.crypto.KeySet;
import org.mailkeep.engine.content.ByteSource;
import org.mailkeep.engine.content.ContentWriter;
import org.mailkeep.model.ChunkId;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.repository.pack.ChunkSink;

/** Messages of the workload "store", of just {@link #BYTES} bytes together; the last one is cut. */
final class MailSample {

  /** More than most second-level caches hold: a backup meets every message once, and cold. */
  static final int BYTES = 12 << 20;

  /** The system property that names the folder. */
  private static final String FOLDER = "mailkeep.benchmarks.mail";

  private MailSample() {}

  /** The messages. */
  static List<byte[]> messages() {
    Path folder = Path.of(System.getProperty(FOLDER, "benchmarks/work/micro-mail"));
    try (Stream<Path> walk = Files.walk(folder)) {
      List<byte[]> messages = new ArrayList<>();
      int left = BYTES;
      for (Path file : walk.filter(MailSample::isMessage).sorted().toList()) {
        byte[] message = Files.readAllBytes(file);
        messages.add(Arrays.copyOf(message, Math.min(left, message.length)));
        left -= messages.getLast().length;
        if (left == 0) {
          return messages;
        }
      }
      throw new IllegalStateException(folder + " lacks " + left + " bytes of messages");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isMessage(Path file) {
    String folder = file.getName(file.getNameCount() - 2).toString();
    return Files.isRegularFile(file) && (folder.equals("cur") || folder.equals("new"));
  }

  /**
   * Chunks that storing the messages gives.
   *
   * @param kinds which of them
   * @param bytes their length in all; the last one is cut
   */
  static List<byte[]> chunks(Predicate<BlockKind> kinds, int bytes) {
    Collected collected = new Collected(kinds, bytes);
    ContentWriter writer = new ContentWriter(keys(), collected);
    for (byte[] message : messages()) {
      if (writer.message(source(message), message.length).isEmpty()) {
        throw new IllegalStateException("a message was not proven");
      }
    }
    if (collected.left > 0) {
      throw new IllegalStateException("the messages lack " + collected.left + " bytes");
    }
    return collected.chunks;
  }

  /** Keys of a new repository. */
  static KeySet keys() {
    return FullKeys.generate(new SecureRandom());
  }

  /** Gives these bytes. */
  static ByteSource source(byte[] bytes) {
    int[] position = {0};
    return (target, offset, length) -> {
      int count = Math.min(length, bytes.length - position[0]);
      System.arraycopy(bytes, position[0], target, offset, count);
      position[0] += count;
      return count == 0 ? -1 : count;
    };
  }

  /** Copies parts one after the other into {@code target}. */
  static byte[] join(List<byte[]> parts, byte[] target) {
    int position = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, target, position, part.length);
      position += part.length;
    }
    return target;
  }

  private static final class Collected implements ChunkSink {
    private final Predicate<BlockKind> kinds;
    private final List<byte[]> chunks = new ArrayList<>();
    private int left;

    Collected(Predicate<BlockKind> kinds, int bytes) {
      this.kinds = kinds;
      this.left = bytes;
    }

    @Override
    public void add(ChunkId id, BlockKind kind, byte[] bytes, int offset, int length) {
      int count = Math.min(length, left);
      if (count > 0 && kinds.test(kind)) {
        chunks.add(Arrays.copyOfRange(bytes, offset, offset + count));
        left -= count;
      }
    }

    @Override
    public void addNode(ChunkId id, byte[] node, ChunkId base, byte[] baseBytes) {
      throw new IllegalStateException("messages have no nodes");
    }
  }
}
