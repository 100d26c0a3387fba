package org.mailkeep.benchmarks.micro;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.content.ChunkRef;
import org.mailkeep.repository.block.BlockInfo;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.repository.block.Codec;
import org.mailkeep.repository.index.LocalIndex;
import org.mailkeep.repository.pack.PackTable;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.StateFolder;

/**
 * A host state with the index of a million chunks, in a temporary folder. Ids follow from numbers:
 * those up to {@link #COUNT} are there.
 */
final class MillionChunks implements AutoCloseable {

  private static final int PACKS = 245;
  private static final int BLOCKS = 32;
  private static final int CHUNKS = 128;
  private static final int LENGTH = 8 << 10;

  /** How many chunks there are. */
  static final int COUNT = PACKS * BLOCKS * CHUNKS;

  /** How many ids a list of questions has; a power of two. */
  static final int ASKED = 1 << 16;

  private final Path folder;
  private final SecureRandom random = new SecureRandom();

  /** Makes the folder; what is in it is closed. */
  MillionChunks() {
    try {
      folder = Files.createTempDirectory("mailkeep-micro");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try (StateDatabase state = StateDatabase.open(folder)) {
      LocalIndex index = new LocalIndex(state);
      ObjectId segment = ObjectId.generate(random);
      for (int i = 0; i < PACKS; i++) {
        index.addPublished(segment, List.of(pack(i)));
      }
    }
    // What still stands in the log becomes a table when the state is opened, as for the next run.
    StateDatabase.open(folder).close();
  }

  /** The state's folder. */
  Path folder() {
    return folder;
  }

  /** Ids that are there, in no order. */
  static List<ChunkId> present() {
    SplittableRandom numbers = new SplittableRandom(2);
    return ids(_ -> numbers.nextInt(COUNT));
  }

  /** Ids that are not there. */
  static List<ChunkId> absent() {
    return ids(i -> (long) COUNT + i);
  }

  private static List<ChunkId> ids(IntToLongFunction number) {
    return IntStream.range(0, ASKED).mapToLong(number).mapToObj(MillionChunks::id).toList();
  }

  private static ChunkId id(long number) {
    SplittableRandom bytes = new SplittableRandom(number);
    return new ChunkId(bytes.nextLong(), bytes.nextLong(), bytes.nextLong());
  }

  private PackTable pack(int number) {
    List<BlockInfo> blocks = new ArrayList<>(BLOCKS);
    for (int i = 0; i < BLOCKS; i++) {
      long first = ((long) number * BLOCKS + i) * CHUNKS;
      List<ChunkRef> chunks = new ArrayList<>(CHUNKS);
      for (int j = 0; j < CHUNKS; j++) {
        chunks.add(new ChunkRef(id(first + j), LENGTH));
      }
      int stored = CHUNKS * LENGTH / 2;
      blocks.add(new BlockInfo(BlockKind.TEXT, Codec.ZSTD, stored, 0, List.of(), chunks));
    }
    return new PackTable(ObjectId.generate(random), 16L << 20, blocks);
  }

  @Override
  public void close() throws IOException {
    StateFolder.delete(folder);
  }
}
