package org.mailkeep.repository.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.repository.object.ObjectKind;
import org.mailkeep.repository.object.ObjectNames;
import org.mailkeep.storage.BadSectors;
import org.mailkeep.storage.MemoryStorage;
import org.mailkeep.storage.ObjectContent;
import org.mailkeep.storage.ObjectName;
import org.mailkeep.testkit.property.Draw;
import org.mailkeep.testkit.property.Property;

class PackParityTest {

  private static final int SECTOR = BadSectors.SECTOR;

  private final MemoryStorage storage = new MemoryStorage();
  private final PackParity parity = new PackParity(storage);
  private final ObjectId pack = ObjectId.generate(new SecureRandom());
  private final ObjectName name = ObjectNames.of(ObjectKind.PACK, pack);
  private final ObjectName parityName = PackParity.name(pack);

  private byte[] store(Draw draw, int length, int percent) {
    byte[] bytes = new byte[length];
    draw.random().nextBytes(bytes);
    storage.overwrite(name, bytes);
    parity.delete(pack);
    assertThat(parity.store(pack, List.of(bytes), percent))
        .isEqualTo(storage.size(parityName).orElseThrow());
    assertThat(parity.isWhole(pack)).isTrue();
    return bytes;
  }

  private Optional<byte[]> mended() {
    return parity.mend(pack).map(PackParity.Mended::bytes);
  }

  @Test
  void as_many_sectors_come_back_as_each_group_has_rows_wherever_they_are_lost() {
    Property.check(
        40,
        draw -> {
          int percent = draw.between(1, 20);
          byte[] bytes = store(draw, draw.between(1, 500 * SECTOR), percent);
          ParityLayout layout = ParityLayout.of(bytes.length, percent);
          byte[] damaged = bytes.clone();
          int lost = 0;
          for (int group = 0; group < layout.groups(); group++) {
            for (int loss = 0; loss < layout.rows(); loss++) {
              int columns = (layout.sectors() - group + layout.groups() - 1) / layout.groups();
              int sector = group + layout.groups() * draw.between(0, columns - 1);
              int at = sector * SECTOR + draw.between(0, layout.length(sector) - 1);
              damaged[at] ^= (byte) draw.between(1, 255);
              lost++;
            }
          }
          storage.overwrite(name, damaged);
          assertThat(mended()).as("%d lost", lost).hasValue(bytes);
        });
  }

  @Test
  void a_stretch_of_as_many_sectors_as_there_are_of_parity_comes_back() {
    Property.check(
        10,
        draw -> {
          byte[] bytes = store(draw, draw.between(300 * SECTOR, 900 * SECTOR), 5);
          ParityLayout layout = ParityLayout.of(bytes.length, 5);
          int first = draw.between(0, layout.sectors() - layout.paritySectors());
          byte[] damaged = bytes.clone();
          Arrays.fill(
              damaged,
              first * SECTOR,
              Math.min(bytes.length, (first + layout.paritySectors()) * SECTOR),
              (byte) 0);
          storage.overwrite(name, damaged);
          assertThat(mended()).hasValue(bytes);
        });
  }

  @Test
  void a_pack_that_was_cut_short_comes_back() {
    Property.check(
        10,
        draw -> {
          byte[] bytes = store(draw, draw.between(200 * SECTOR, 300 * SECTOR), 5);
          ParityLayout layout = ParityLayout.of(bytes.length, 5);
          int cut = draw.between(1, (layout.paritySectors() - 1) * SECTOR);
          storage.overwrite(name, Arrays.copyOf(bytes, bytes.length - cut));
          assertThat(mended()).hasValue(bytes);
          storage.overwrite(name, Arrays.copyOf(bytes, bytes.length + cut));
          assertThat(mended()).as("and one with more behind it").hasValue(bytes);
        });
  }

  @Test
  void sectors_that_cannot_be_read_at_all_come_back_also_those_of_the_parity() {
    Property.check(
        10,
        draw -> {
          byte[] bytes = store(draw, draw.between(2 * 160 * SECTOR + 1, 400 * SECTOR), 5);
          BadSectors disk = new BadSectors(storage);
          ParityLayout layout = ParityLayout.of(bytes.length, 5);
          int inPack = draw.between(1, layout.rows() - 2);
          for (int loss = 0; loss < inPack; loss++) {
            disk.lose(name, draw.between(0, layout.sectors() - 1));
          }
          // A sector of the disk is a part of two of parity, for the head has an odd length.
          disk.lose(parityName, draw.between(0L, storage.size(parityName).orElseThrow() / SECTOR));
          assertThat(new PackParity(disk).mend(pack).map(PackParity.Mended::bytes)).hasValue(bytes);
          assertThat(new PackParity(disk).isWhole(pack)).isFalse();
        });
  }

  @Test
  void where_more_is_lost_nothing_is_given_back() {
    Property.check(
        30,
        draw -> {
          int percent = draw.between(1, 10);
          byte[] bytes = store(draw, draw.between(100 * SECTOR, 300 * SECTOR), percent);
          ParityLayout layout = ParityLayout.of(bytes.length, percent);
          byte[] damaged = bytes.clone();
          for (int loss = 0; loss <= layout.rows(); loss++) {
            damaged[loss * layout.groups() * SECTOR] ^= 1;
          }
          storage.overwrite(name, damaged);
          assertThat(mended()).isEmpty();
        });
  }

  @Test
  void a_whole_pack_is_given_back_as_it_is() {
    byte[] bytes = store(new Draw(1, 1), 10_000, 5);
    assertThat(parity.mend(pack)).hasValueSatisfying(m -> assertThat(m.bad()).isZero());
    assertThat(mended()).hasValue(bytes);
  }

  @Test
  void every_flipped_byte_and_every_cut_of_the_parity_is_seen_and_does_no_harm() {
    byte[] bytes = store(new Draw(2, 1), 2 * SECTOR + 100, 5);
    byte[] object = storage.get(parityName);
    for (int i = 0; i < object.length; i += i < 300 ? 1 : 37) {
      byte[] damaged = object.clone();
      damaged[i] ^= 0x10;
      storage.overwrite(parityName, damaged);
      assertThat(parity.isWhole(pack)).as("byte %d", i).isFalse();
      assertThat(mended()).as("byte %d", i).hasValue(bytes);
      storage.overwrite(parityName, Arrays.copyOf(object, i));
      assertThat(parity.isWhole(pack)).isFalse();
      assertThat(mended()).isEmpty();
    }
  }

  @Test
  void parity_of_another_pack_or_of_an_older_one_brings_nothing_wrong() {
    byte[] other = store(new Draw(3, 1), 5 * SECTOR, 20);
    byte[] foreign = storage.get(parityName);
    byte[] bytes = store(new Draw(4, 1), 5 * SECTOR, 20);
    storage.overwrite(parityName, foreign);
    assertThat(mended()).as("too much differs").isEmpty();
    assertThat(bytes).isNotEqualTo(other);
    ObjectId another = ObjectId.generate(new SecureRandom());
    storage.put(PackParity.name(another), ObjectContent.of(foreign));
    storage.put(ObjectNames.of(ObjectKind.PACK, another), ObjectContent.of(bytes));
    assertThat(parity.mend(another)).isEmpty();
    assertThat(parity.isWhole(another)).isFalse();
  }

  @Test
  void without_parity_or_without_pack_nothing_comes_back() {
    assertThat(parity.mend(pack)).isEmpty();
    assertThat(parity.exists(pack)).isFalse();
    assertThatThrownBy(() -> parity.isWhole(pack)).isInstanceOf(NotFoundException.class);
    byte[] _ = store(new Draw(5, 1), 100, 5);
    assertThat(parity.exists(pack)).isTrue();
    storage.delete(name);
    assertThat(parity.mend(pack)).isEmpty();
  }

  @Test
  void five_percent_of_a_usual_pack_takes_little_more_than_that() {
    byte[] bytes = store(new Draw(6, 1), 16 << 20, 5);
    assertThat(storage.size(parityName).orElseThrow())
        .isBetween(bytes.length / 20L, bytes.length * 54L / 1000);
  }
}
