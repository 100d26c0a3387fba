package org.mailkeep.repository.pack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.content.ChunkRef;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.repository.Chunk;
import org.mailkeep.repository.TestRepository;
import org.mailkeep.repository.block.BlockInfo;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.repository.block.Codec;
import org.mailkeep.repository.index.ChunkIndex;
import org.mailkeep.repository.index.ChunkLocation;
import org.mailkeep.storage.ForwardingStorage;
import org.mailkeep.storage.MemoryStorage;
import org.mailkeep.storage.ObjectContent;
import org.mailkeep.storage.ObjectName;
import org.mailkeep.storage.SlowStorage;
import org.mailkeep.storage.Storage;
import org.mailkeep.testkit.property.Property;

final class ChunkWriterTest {

  @TempDir private Path folder;
  private final MemoryStorage storage = new MemoryStorage();

  @Test
  void chunks_of_all_kinds_from_several_threads_come_back_and_each_is_stored_once() {
    Property.check(
        6,
        draw -> {
          MemoryStorage memory = new MemoryStorage();
          Path state = folder.resolve(Long.toHexString(draw.random().nextLong()));
          try (TestRepository test = TestRepository.create(memory, state)) {
            List<Chunk> chunks = new ArrayList<>();
            for (int left = 1 + draw.length(); left > 0; left--) {
              chunks.add(Chunk.draw(draw, 20_000));
            }
            int stages = draw.between(1, 3);
            for (int stage = 0; stage < stages; stage++) {
              addFromThreads(test, chunks);
            }
            test.assertHas(chunks);
            long different = chunks.stream().map(Chunk::id).distinct().count();
            assertThat(storedChunks(test)).hasSize((int) different).doesNotHaveDuplicates();
          }
        });
  }

  /** Each of three threads adds all chunks, in an order of its own. */
  private static void addFromThreads(TestRepository test, List<Chunk> chunks) throws Exception {
    try (ChunkWriter writer = test.writer();
        ExecutorService threads = Executors.newFixedThreadPool(3)) {
      List<Future<?>> running = new ArrayList<>();
      for (int seed = 0; seed < 3; seed++) {
        List<Chunk> mine = new ArrayList<>(chunks);
        Collections.shuffle(mine, new Random(seed));
        running.add(threads.submit(() -> mine.forEach(chunk -> chunk.addTo(writer))));
      }
      for (Future<?> thread : running) {
        thread.get();
      }
      writer.flush();
    }
  }

  private static List<ChunkId> storedChunks(TestRepository test) {
    List<ChunkId> stored = new ArrayList<>();
    for (ObjectId pack : test.packs()) {
      for (BlockInfo block : test.repository().packs().table(pack).blocks()) {
        block.chunks().stream().map(ChunkRef::id).forEach(stored::add);
      }
    }
    return stored;
  }

  @Test
  void a_small_backup_makes_one_pack_and_one_without_news_makes_none() {
    Chunk text = Chunk.of(BlockKind.TEXT, "Hello");
    Chunk node = Chunk.of(BlockKind.NODE, new byte[500]);
    try (TestRepository test = TestRepository.create(storage, folder)) {
      test.store(List.of(text, node, text));
      assertThat(test.packs()).hasSize(1);
      try (ChunkWriter writer = test.writer()) {
        text.addTo(writer);
        node.addTo(writer);
        writer.flush();
        assertThat(writer.addedBytes()).isZero();
        assertThat(writer.storedBytes()).isZero();
      }
      assertThat(test.packs()).hasSize(1);
    }
  }

  @Test
  void what_was_written_is_counted() {
    try (TestRepository test = TestRepository.create(storage, folder);
        ChunkWriter writer = test.writer()) {
      Chunk.of(BlockKind.TEXT, new byte[1000]).addTo(writer);
      Chunk.of(BlockKind.DATA, new byte[7]).addTo(writer);
      writer.flush();
      assertThat(writer.addedBytes()).isEqualTo(1007);
      long size = storage.size(PackReader.name(test.packs().getFirst())).orElseThrow();
      assertThat(writer.storedBytes()).isEqualTo(size);
    }
  }

  @Test
  void the_array_may_change_as_soon_as_it_was_added() {
    byte[] bytes = "..what it was..".getBytes(UTF_8);
    Chunk chunk = Chunk.of(BlockKind.TEXT, "what it was");
    try (TestRepository test = TestRepository.create(storage, folder)) {
      try (ChunkWriter writer = test.writer()) {
        writer.add(chunk.id(), chunk.kind(), bytes, 2, 11);
        Arrays.fill(bytes, (byte) 0);
        writer.flush();
      }
      test.assertHas(List.of(chunk));
    }
  }

  @Test
  void kinds_are_compressed_apart_and_noise_is_kept_as_it_is() {
    byte[] noise = new byte[5000];
    new SplittableRandom(7).nextBytes(noise);
    List<Chunk> chunks =
        List.of(
            Chunk.of(BlockKind.BINARY, noise),
            Chunk.of(BlockKind.TEXT, "a".repeat(5000)),
            Chunk.of(BlockKind.TEXT, "b".repeat(5000)));
    try (TestRepository test = TestRepository.create(storage, folder)) {
      test.store(chunks);
      List<BlockInfo> blocks = test.repository().packs().table(test.packs().getFirst()).blocks();
      assertThat(blocks).hasSize(2);
      for (BlockInfo block : blocks) {
        boolean text = block.kind() == BlockKind.TEXT;
        assertThat(block.codec()).isEqualTo(text ? Codec.ZSTD : Codec.RAW);
        assertThat(block.chunks()).hasSize(text ? 2 : 1);
      }
      test.assertHas(chunks);
    }
  }

  @Test
  void much_content_makes_several_packs_and_metadata_one_of_its_own() {
    SplittableRandom random = new SplittableRandom(8);
    List<Chunk> chunks = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      byte[] noise = new byte[1 << 20];
      random.nextBytes(noise);
      chunks.add(Chunk.of(BlockKind.BINARY, noise));
    }
    byte[] largest = new byte[ChunkRef.MAX_LENGTH];
    chunks.add(Chunk.of(BlockKind.DATA, largest));
    byte[] nodes = new byte[9 << 20];
    random.nextBytes(nodes);
    chunks.add(Chunk.of(BlockKind.NODE, nodes));
    try (TestRepository test = TestRepository.create(storage, folder)) {
      test.store(chunks);
      List<PackTable> packs = test.packs().stream().map(test.repository().packs()::table).toList();
      assertThat(packs).hasSize(3);
      for (PackTable pack : packs) {
        assertThat(pack.size()).isLessThan(2 * PackFormat.TARGET_SIZE);
        assertThat(pack.blocks().stream().map(block -> block.kind().isMetadata()).distinct())
            .hasSize(1);
      }
      test.assertHas(chunks);
    }
  }

  @Test
  void a_pack_of_tiny_chunks_is_closed_by_their_number_so_that_tables_stay_small() {
    byte[] all = new byte[3_000_000];
    for (int i = 0; i < 1_000_000; i++) {
      all[3 * i] = (byte) i;
      all[3 * i + 1] = (byte) (i >> 8);
      all[3 * i + 2] = (byte) (i >> 16);
    }
    MemoryIndex index = new MemoryIndex();
    try (ChunkWriter writer =
        new ChunkWriter(
            storage,
            TestRepository.KEYS,
            TestRepository.KEYS.startSealing(),
            index,
            OptionalInt.empty(),
            1,
            2)) {
      for (int i = 0; i < 1_000_000; i++) {
        writer.add(new ChunkId(i, i, i), BlockKind.DATA, all, 3 * i, 3);
      }
      writer.flush();
    }
    int block = BlockKind.DATA.targetSize() / 3 + 1;
    assertThat(index.packs)
        .allMatch(pack -> chunks(pack) < PackFormat.TARGET_CHUNKS + block)
        .anyMatch(pack -> chunks(pack) >= PackFormat.TARGET_CHUNKS);
    assertThat(index.packs.stream().mapToInt(ChunkWriterTest::chunks).sum()).isEqualTo(1_000_000);
  }

  private static int chunks(PackTable pack) {
    return pack.blocks().stream().mapToInt(block -> block.chunks().size()).sum();
  }

  /** Only takes note. */
  private static final class MemoryIndex implements ChunkIndex {
    final List<PackTable> packs = Collections.synchronizedList(new ArrayList<>());

    @Override
    public boolean contains(ChunkId id) {
      return false;
    }

    @Override
    public Optional<ChunkLocation> find(ChunkId id) {
      return Optional.empty();
    }

    @Override
    public void add(PackTable pack) {
      packs.add(pack);
    }
  }

  @Test
  void an_unknown_chunk_is_damage_that_names_the_chunk() {
    ChunkId unknown = new ChunkId(1, 2, 3);
    try (TestRepository test = TestRepository.create(storage, folder);
        ChunkReader reader = test.reader()) {
      assertThatThrownBy(() -> reader.read(unknown))
          .isInstanceOf(DamagedException.class)
          .hasMessageContaining(unknown.toString());
    }
  }

  @Test
  void many_threads_that_read_the_same_chunks_through_a_tiny_cache_agree() throws Exception {
    List<Chunk> chunks = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(9);
    for (int i = 0; i < 40; i++) {
      byte[] bytes = new byte[100_000];
      random.nextBytes(bytes);
      chunks.add(Chunk.of(BlockKind.TEXT, bytes));
    }
    try (TestRepository test = TestRepository.create(storage, folder)) {
      test.store(chunks);
      for (long cache : new long[] {0, 2 << 20}) {
        try (ChunkReader reader = test.repository().reader(test.index(), cache);
            ExecutorService threads = Executors.newFixedThreadPool(4)) {
          List<Future<?>> running = new ArrayList<>();
          for (int seed = 0; seed < 4; seed++) {
            List<Chunk> mine = new ArrayList<>(chunks);
            Collections.shuffle(mine, new Random(seed));
            running.add(
                threads.submit(
                    () -> mine.forEach(c -> assertThat(reader.read(c.id())).isEqualTo(c.bytes()))));
          }
          for (Future<?> thread : running) {
            thread.get();
          }
        }
      }
    }
  }

  @Test
  void a_slow_storage_makes_who_adds_wait_and_does_not_pile_up_memory() {
    int length = 64 << 10;
    byte[] noise = new byte[32 * length];
    new SplittableRandom(10).nextBytes(noise);
    long most = 0;
    TestRepository.create(storage, folder).close();
    Storage slow = new SlowStorage(new Abyss(storage), Duration.ofMillis(20));
    try (TestRepository test = TestRepository.open(slow, folder);
        ChunkWriter writer = test.writer()) {
      for (int i = 0; i < 10_000; i++) {
        // The writer believes any id, and the chunks only have to differ.
        writer.add(new ChunkId(i, i, i), BlockKind.BINARY, noise, i % 32 * length, length);
        most = Math.max(most, writer.addedBytes() - writer.storedBytes());
      }
      writer.flush();
      assertThat(writer.storedBytes()).isGreaterThan(10_000L * length);
    }
    // Two threads: the open pack, two packs being stored, and the blocks under way.
    assertThat(most).isLessThan(3L * PackFormat.TARGET_SIZE + (12 << 20));
  }

  /** Takes packs and keeps nothing of them. */
  private static final class Abyss extends ForwardingStorage {
    Abyss(Storage inner) {
      super(inner);
    }

    @Override
    public void put(ObjectName name, ObjectContent content) {
      content.forEach(part -> part.position(part.limit()));
    }
  }
}
