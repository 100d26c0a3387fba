package org.mailkeep.repository.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.crypto.FullKeys;
import org.mailkeep.crypto.KeySet;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.KeyException;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.model.error.TooNewException;
import org.mailkeep.repository.Chunk;
import org.mailkeep.repository.TestRepository;
import org.mailkeep.repository.block.BlockInfo;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.repository.object.ObjectHeader;
import org.mailkeep.storage.LocalStorage;
import org.mailkeep.storage.MemoryStorage;
import org.mailkeep.storage.ObjectContent;

final class PackDamageTest {

  @TempDir private Path folder;
  private final MemoryStorage storage = new MemoryStorage();
  private final List<Chunk> chunks =
      List.of(
          Chunk.of(BlockKind.TEXT, "some text ".repeat(20)),
          Chunk.of(BlockKind.TEXT, "more text"),
          Chunk.of(BlockKind.BINARY, noise(100)),
          Chunk.of(BlockKind.NODE, noise(50)));
  private TestRepository test;
  private ObjectId pack;
  private String name;
  private byte[] original;

  @BeforeEach
  void makePack() {
    test = TestRepository.create(storage, folder.resolve("state"));
    test.store(chunks);
    pack = test.packs().getFirst();
    name = PackReader.name(pack).toString();
    original = storage.get(PackReader.name(pack));
  }

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void every_flipped_bit_is_found_by_the_table_or_by_the_block_and_named() {
    PackReader warm = reader();
    readAll(warm);
    for (int bit = 0; bit < 8 * original.length; bit++) {
      damage(flip(bit));
      Optional<MailkeepException> found = failure(() -> warm.table(pack));
      if (found.isEmpty()) {
        found = failure(() -> readAll(warm));
      }
      assertNamed(found, "bit " + bit);
    }
  }

  @Test
  void a_flipped_bit_of_the_head_is_found_by_whoever_reads_a_chunk() {
    // Each costs a decapsulation, so not all of them; but all of the header and of the key's id.
    for (int bit = 0; bit < 8 * PackFormat.FIRST_BLOCK; bit += bit < 8 * 48 ? 1 : 37) {
      damage(flip(bit));
      assertNamed(failure(() -> readAll(reader())), "bit " + bit);
    }
  }

  @Test
  void every_truncation_is_found_by_the_table() {
    PackReader warm = reader();
    for (int length = 0; length < original.length; length++) {
      damage(Arrays.copyOf(original, length));
      assertNamed(failure(() -> warm.table(pack)), "length " + length);
    }
  }

  @Test
  void bytes_added_at_the_end_are_found_by_the_table() {
    for (int more : new int[] {1, 8, 1000}) {
      damage(Arrays.copyOf(original, original.length + more));
      assertNamed(failure(() -> reader().table(pack)), more + " bytes more");
    }
  }

  @Test
  void a_truncated_pack_is_found_by_whoever_reads_a_chunk() {
    for (int length : new int[] {0, 10, ObjectHeader.LENGTH, PackFormat.FIRST_BLOCK, 1300}) {
      damage(Arrays.copyOf(original, length));
      assertNamed(failure(() -> readAll(reader())), "length " + length);
    }
  }

  @Test
  void a_missing_pack_is_damage_with_its_name() {
    storage.delete(PackReader.name(pack));
    assertNamed(failure(() -> reader().table(pack)), "table");
    assertNamed(failure(() -> readAll(reader())), "chunks");
  }

  @Test
  void swapped_packs_are_found_even_if_one_session_wrote_both() {
    List<Chunk> others =
        chunks.stream().map(chunk -> Chunk.of(chunk.kind(), noise(chunk.bytes().length))).toList();
    List<Chunk> twice = others.stream().map(c -> Chunk.of(c.kind(), reverse(c.bytes()))).toList();
    ObjectId[] pair = new ObjectId[2];
    try (ChunkWriter writer = test.writer()) {
      for (int i = 0; i < 2; i++) {
        List<ObjectId> before = test.packs();
        (i == 0 ? others : twice).forEach(chunk -> chunk.addTo(writer));
        writer.flush();
        pair[i] =
            test.packs().stream().filter(id -> !before.contains(id)).findFirst().orElseThrow();
      }
    }
    byte[] first = storage.get(PackReader.name(pair[0]));
    storage.overwrite(PackReader.name(pair[0]), storage.get(PackReader.name(pair[1])));
    storage.overwrite(PackReader.name(pair[1]), first);
    for (ObjectId id : pair) {
      assertThat(failure(() -> reader().table(id)).orElseThrow())
          .hasMessageStartingWith(PackReader.name(id).toString());
      // Also where the header is made to fit.
      byte[] forged = storage.get(PackReader.name(id));
      System.arraycopy(id.bytes(), 0, forged, 8, ObjectId.LENGTH);
      storage.overwrite(PackReader.name(id), forged);
      assertThat(failure(() -> reader().table(id))).isPresent();
      BlockInfo block = blockAt(0);
      assertThat(
              failure(
                  () ->
                      reader()
                          .block(
                              id, 0, block.kind(), PackFormat.FIRST_BLOCK, block.storedLength())))
          .isPresent();
    }
  }

  @Test
  void an_older_pack_in_the_place_of_a_newer_one_is_found() {
    List<ObjectId> before = test.packs();
    Chunk newer = Chunk.of(BlockKind.TEXT, "newer");
    test.store(List.of(newer));
    ObjectId id = test.packs().stream().filter(p -> !before.contains(p)).findFirst().orElseThrow();
    storage.overwrite(PackReader.name(id), original);
    assertThatThrownBy(() -> reader().table(id))
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining(id.toString());
    assertThatThrownBy(() -> test.assertHas(List.of(newer)))
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining(id.toString());
  }

  @Test
  void a_block_does_not_open_under_another_number_or_kind_or_elsewhere() {
    PackReader reader = reader();
    BlockInfo first = blockAt(0);
    int at = PackFormat.FIRST_BLOCK;
    assertThat(reader.block(pack, 0, first.kind(), at, first.storedLength())).isNotEmpty();
    assertThatThrownBy(() -> reader.block(pack, 1, first.kind(), at, first.storedLength()))
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining("block 1");
    BlockKind other = first.kind() == BlockKind.TEXT ? BlockKind.NODE : BlockKind.TEXT;
    assertThatThrownBy(() -> reader.block(pack, 0, other, at, first.storedLength()))
        .isInstanceOf(DamagedException.class);
    assertThatThrownBy(() -> reader.block(pack, 0, first.kind(), at + 1, first.storedLength()))
        .isInstanceOf(DamagedException.class);
    assertThatThrownBy(() -> reader.block(pack, 0, first.kind(), at, 5))
        .isInstanceOf(DamagedException.class);
  }

  @Test
  void a_table_that_says_it_is_longer_than_memory_is_damage() throws IOException {
    LocalStorage local = LocalStorage.create(folder.resolve("local"));
    byte[] head = Arrays.copyOf(original, PackFormat.FIRST_BLOCK);
    local.put(PackReader.name(pack), ObjectContent.of(head));
    long size = 4L << 30;
    int tableLength = (int) (3L << 30);
    Path file = folder.resolve("local").resolve(name);
    assertThat(file.toFile().setWritable(true)).isTrue();
    try (FileChannel sparse = FileChannel.open(file, StandardOpenOption.WRITE)) {
      byte[] footer = PackFormat.footer(tableLength);
      sparse.write(ByteBuffer.wrap(footer), size - footer.length);
    }
    assertNamed(failure(() -> new PackReader(local, TestRepository.KEYS).table(pack)), "table");
  }

  @Test
  void a_writer_key_reads_the_table_and_no_block() {
    PackReader writer = new PackReader(storage, TestRepository.KEYS.writer());
    assertThat(writer.table(pack)).isEqualTo(reader().table(pack));
    BlockInfo block = blockAt(0);
    assertThatThrownBy(
            () -> writer.block(pack, 0, block.kind(), PackFormat.FIRST_BLOCK, block.storedLength()))
        .isInstanceOf(KeyException.class);
  }

  @Test
  void the_keys_of_another_repository_open_nothing() {
    KeySet other = FullKeys.generate(new SecureRandom());
    assertNamed(failure(() -> new PackReader(storage, other).table(pack)), "table");
  }

  @Test
  void a_key_set_that_lacks_the_data_key_says_so_and_not_that_the_pack_is_damaged() {
    FullKeys newer = TestRepository.KEYS.withNewDataKey(new SecureRandom());
    Chunk chunk = Chunk.of(BlockKind.TEXT, "sealed to the new key");
    try (ChunkWriter writer =
        new ChunkWriter(
            storage, newer, newer.startSealing(), test.index(), OptionalInt.empty(), 1, 1)) {
      chunk.addTo(writer);
      writer.flush();
    }
    assertThatThrownBy(() -> test.assertHas(List.of(chunk))).isInstanceOf(KeyException.class);
    try (ChunkReader reader =
        new ChunkReader(test.index(), new PackReader(storage, newer), newer, 0)) {
      assertThat(reader.read(chunk.id())).isEqualTo(chunk.bytes());
      assertThat(reader.read(chunks.getFirst().id())).isEqualTo(chunks.getFirst().bytes());
    }
  }

  private BlockInfo blockAt(int number) {
    damage(original);
    return reader().table(pack).blocks().get(number);
  }

  private PackReader reader() {
    return new PackReader(storage, TestRepository.KEYS);
  }

  private void readAll(PackReader packs) {
    try (ChunkReader reader = new ChunkReader(test.index(), packs, TestRepository.KEYS, 1000)) {
      for (Chunk chunk : chunks) {
        assertThat(reader.read(chunk.id())).isEqualTo(chunk.bytes());
      }
    }
  }

  private static Optional<MailkeepException> failure(Runnable action) {
    try {
      action.run();
      return Optional.empty();
    } catch (DamagedException | TooNewException e) {
      return Optional.of(e);
    }
  }

  private void assertNamed(Optional<MailkeepException> found, String what) {
    assertThat(found).as(what).isPresent();
    assertThat(found.orElseThrow().getMessage()).as(what).startsWith(name);
    if (found.get() instanceof DamagedException damaged) {
      assertThat(damaged.object()).as(what).isEqualTo(name);
    }
  }

  private void damage(byte[] bytes) {
    storage.overwrite(PackReader.name(pack), bytes);
  }

  private byte[] flip(int bit) {
    byte[] bytes = original.clone();
    bytes[bit / 8] ^= (byte) (1 << bit % 8);
    return bytes;
  }

  private static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(length).nextBytes(bytes);
    return bytes;
  }

  private static byte[] reverse(byte[] bytes) {
    byte[] reversed = bytes.clone();
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }
}
