package org.mailkeep.repository.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.repository.Chunk;
import org.mailkeep.repository.TestRepository;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.repository.index.BlockLocation;
import org.mailkeep.repository.parity.PackParity;
import org.mailkeep.storage.BadSectors;
import org.mailkeep.storage.MemoryStorage;

/** A pack with parity is read over its bad sectors. */
class MendedPackTest {

  @TempDir private Path folder;
  private final MemoryStorage storage = new MemoryStorage();
  private final BadSectors disk = new BadSectors(storage);
  private final List<MendedPack> told = new ArrayList<>();
  private TestRepository test;
  private ObjectId pack;
  private byte[] original;

  @BeforeEach
  void makePack() {
    test = TestRepository.create(storage, folder.resolve("state"));
    test.repository().paritySetting().set(OptionalInt.of(5));
    List<Chunk> chunks = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      byte[] noise = new byte[250_000];
      new SplittableRandom(i).nextBytes(noise);
      chunks.add(Chunk.of(BlockKind.BINARY, noise));
    }
    test.store(chunks);
    pack = test.packs().getFirst();
    original = storage.get(PackReader.name(pack));
  }

  @AfterEach
  void close() {
    test.close();
  }

  private PackReader reader() {
    PackReader reader = new PackReader(disk, TestRepository.KEYS);
    reader.onMended(told::add);
    return reader;
  }

  private void readAll(PackReader reader) {
    PackTable table = reader.table(pack);
    for (BlockLocation block : table.locations()) {
      byte[] _ =
          reader.block(pack, block.number(), block.kind(), block.offset(), block.storedLength());
    }
  }

  @Test
  void a_sound_pack_is_read_without_its_parity() {
    storage.delete(PackParity.name(pack));
    readAll(reader());
    assertThat(told).isEmpty();
  }

  @Test
  void a_wrong_sector_anywhere_is_mended_and_told_once() {
    int sectors = (original.length + BadSectors.SECTOR - 1) / BadSectors.SECTOR;
    for (int sector : new int[] {0, 1, sectors / 2, sectors - 1}) {
      told.clear();
      byte[] damaged = original.clone();
      int start = sector * BadSectors.SECTOR;
      Arrays.fill(
          damaged, start, Math.min(original.length, start + BadSectors.SECTOR), (byte) 0x55);
      storage.overwrite(PackReader.name(pack), damaged);
      readAll(reader());
      assertThat(told).containsExactly(new MendedPack(pack, 1));
    }
  }

  @Test
  void sectors_that_cannot_be_read_are_mended() {
    disk.lose(PackReader.name(pack), 0);
    disk.lose(PackReader.name(pack), 100);
    readAll(reader());
    assertThat(told).containsExactly(new MendedPack(pack, 2));
  }

  @Test
  void where_parity_does_not_suffice_the_first_failure_is_told() {
    for (int sector = 50; sector < 100; sector++) {
      disk.lose(PackReader.name(pack), sector);
    }
    assertThatThrownBy(() -> readAll(reader())).isInstanceOf(StorageException.class);
    byte[] damaged = original.clone();
    Arrays.fill(damaged, 1168, original.length / 2, (byte) 0);
    storage.overwrite(PackReader.name(pack), damaged);
    assertThatThrownBy(() -> readAll(new PackReader(storage, TestRepository.KEYS)))
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining("does not open");
    assertThat(told).isEmpty();
  }

  @Test
  void parity_that_lies_gives_no_wrong_content() {
    // Parity of zeros, as who holds the storage could make it.
    byte[] zeros = new byte[original.length];
    test.repository().parity().delete(pack);
    long _ = test.repository().parity().store(pack, List.of(zeros), 5);
    byte[] damaged = original.clone();
    damaged[5000] ^= 1;
    storage.overwrite(PackReader.name(pack), damaged);
    assertThatThrownBy(() -> readAll(reader())).isInstanceOf(DamagedException.class);
    storage.overwrite(PackReader.name(pack), zeros);
    assertThatThrownBy(() -> readAll(reader())).isInstanceOf(DamagedException.class);
  }

  @Test
  void a_pack_that_is_gone_is_missing_whatever_parity_there_is() {
    storage.delete(PackReader.name(pack));
    assertThatThrownBy(() -> readAll(reader()))
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining("missing");
  }
}
