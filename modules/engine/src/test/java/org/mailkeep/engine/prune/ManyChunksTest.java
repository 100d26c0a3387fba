package org.mailkeep.engine.prune;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.crypto.FullKeys;
import org.mailkeep.crypto.KeyFile;
import org.mailkeep.crypto.NewSlot;
import org.mailkeep.crypto.RepositoryId;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.RequiredChunks;
import org.mailkeep.engine.TemporaryState;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.content.ChunkRef;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.block.BlockInfo;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.repository.block.Codec;
import org.mailkeep.repository.index.LocalIndex;
import org.mailkeep.repository.pack.PackTable;
import org.mailkeep.storage.LocalStorage;

/**
 * What a prune keeps of chunks is on disk: an index of any size, all that is needed of it and the
 * plan take a few bytes of heap a pack, and none a chunk. Packs here are tables only.
 */
@Tag("slow")
class ManyChunksTest {

  private static final long CHUNKS = Long.getLong("prune.chunks", 1_000_000);
  private static final int BLOCKS = 16;
  private static final int CHUNKS_IN_BLOCK = 250;
  private static final int CHUNKS_IN_PACK = BLOCKS * CHUNKS_IN_BLOCK;
  private static final int CHUNK = 4200;
  private static final int PACKS_IN_SEGMENT = 32;

  /** Beside what each pack takes: half a kilobyte. */
  private static final long HEAP = 24L << 20;

  private static final long HEAP_OF_PACK = 512;

  private static final SecureRandom RANDOM = new SecureRandom();

  private static final PruneSettings SETTINGS =
      new PruneSettings(PruneSettings.DEFAULT_MAX_UNUSED, Duration.ofDays(1), false, false);

  private final Instant start = Instant.now();

  @TempDir Path temp;

  @Test
  @Timeout(7200)
  void heap_does_not_grow_with_chunks() throws IOException {
    int packs = Math.toIntExact(CHUNKS / CHUNKS_IN_PACK);
    try (Repository repository = create();
        TemporaryState state = TemporaryState.create();
        Marks marks = new Marks(state.database())) {
      long before = heap();
      publish(repository, packs);
      tell("index written");
      LocalIndex index = new LocalIndex(state.database());
      assertThat(repository.sync(index).pull().damaged()).isEmpty();
      tell("index read");
      try (RequiredChunks required = new RequiredChunks(index, state.database().folder())) {
        require(packs, required);
        tell("what is needed gathered");
        assertThat(required.find(marks::need)).isEmpty();
        marks.settle();
      }
      tell("what is needed marked");
      Census census =
          Census.take(new PackTables(repository, index, new Cancellation()), index, marks);
      Plan plan = Plan.make(census, index, List.of(), SETTINGS, Instant.now());
      long heap = heap() - before;
      tell("planned, with " + (heap >> 10) + " kB of heap; process: " + mostMemory());
      assertThat(census.packs()).hasSize(packs);
      assertThat(plan.rewrite().cardinality()).isEqualTo(packs / 2);
      assertThat(heap).isLessThan(HEAP + packs * HEAP_OF_PACK);
    }
  }

  private void tell(String what) {
    System.out.printf(
        "%,d chunks, %d s: %s%n", CHUNKS, Duration.between(start, Instant.now()).toSeconds(), what);
  }

  private Repository create() throws IOException {
    FullKeys keys = FullKeys.generate(RANDOM);
    Instant now = Instant.now();
    return Repository.create(
        LocalStorage.create(temp.resolve("repository")),
        RepositoryId.generate(RANDOM),
        now,
        keys,
        id -> List.of(new NewSlot(id, keys, "test", now).lock(KeyFile.generate(RANDOM), RANDOM)));
  }

  private static void publish(Repository repository, int packs) {
    List<PackTable> open = new ArrayList<>();
    for (int pack = 0; pack < packs; pack++) {
      open.add(table(pack));
      if (open.size() == PACKS_IN_SEGMENT || pack == packs - 1) {
        ObjectId _ = repository.segments().write(open);
        open.clear();
      }
    }
  }

  /** A pack's table, the same each time. */
  private static PackTable table(int pack) {
    SplittableRandom random = new SplittableRandom(pack);
    List<BlockInfo> blocks = new ArrayList<>();
    for (int block = 0; block < BLOCKS; block++) {
      List<ChunkRef> chunks = new ArrayList<>();
      for (int chunk = 0; chunk < CHUNKS_IN_BLOCK; chunk++) {
        chunks.add(new ChunkRef(id(random), CHUNK));
      }
      int stored = CHUNKS_IN_BLOCK * CHUNK;
      blocks.add(new BlockInfo(BlockKind.TEXT, Codec.RAW, stored, 0, List.of(), chunks));
    }
    ObjectId id =
        new ObjectId(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    return new PackTable(id, (long) CHUNKS_IN_PACK * (CHUNK + 28) + 4096, blocks);
  }

  private static ChunkId id(SplittableRandom random) {
    return new ChunkId(random.nextLong(), random.nextLong(), random.nextLong());
  }

  /** Of each second pack half is needed, of the others all. */
  private static void require(int packs, RequiredChunks required) {
    for (int pack = 0; pack < packs; pack++) {
      int each = 1 + pack % 2;
      int number = 0;
      for (BlockInfo block : table(pack).blocks()) {
        for (ChunkRef chunk : block.chunks()) {
          if (number++ % each == 0) {
            required.add(chunk.id());
          }
        }
      }
    }
  }

  private static String mostMemory() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines.filter(line -> line.startsWith("VmHWM:")).findFirst().orElse("unknown");
    }
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
