package org.mailkeep.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.crypto.FullKeys;
import org.mailkeep.crypto.KeyFile;
import org.mailkeep.crypto.KeySet;
import org.mailkeep.crypto.KeySlot;
import org.mailkeep.crypto.NewSlot;
import org.mailkeep.crypto.RepositoryId;
import org.mailkeep.crypto.SlotKind;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.KeyException;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.storage.Fault;
import org.mailkeep.storage.FaultyStorage;
import org.mailkeep.storage.LocalStorage;
import org.mailkeep.storage.MemoryStorage;
import org.mailkeep.storage.ObjectName;
import org.mailkeep.storage.Storage;

final class RepositoryTest {

  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir private Path folder;
  private final MemoryStorage storage = new MemoryStorage();
  private final KeyFile keyFile = KeyFile.generate(RANDOM);

  @Test
  void a_new_repository_opens_with_its_key_file_and_holds_what_was_stored() {
    Path place = folder.resolve("repository");
    List<Chunk> chunks = List.of(Chunk.of(BlockKind.TEXT, "text"));
    KeySet keys = TestRepository.KEYS;
    try (LocalStorage local = LocalStorage.create(place)) {
      create(local, keys, 0);
      try (TestRepository test = TestRepository.open(local, folder.resolve("state"))) {
        test.store(chunks);
        test.sync().publish();
      }
    }
    try (Repository repository = Repository.open(LocalStorage.open(place), this::unlock)) {
      assertThat(repository.keys()).isEqualTo(keys);
      try (TestRepository test =
          TestRepository.open(repository.storage(), folder.resolve("other state"))) {
        test.sync().pull();
        test.assertHas(chunks);
      }
    }
  }

  @Test
  void there_is_no_repository_before_it_is_made() {
    assertThat(Repository.exists(storage)).isFalse();
    assertThatThrownBy(() -> Repository.open(storage, this::unlock))
        .isInstanceOf(NotFoundException.class);
    create(storage, TestRepository.KEYS, 0);
    assertThat(Repository.exists(storage)).isTrue();
  }

  @Test
  void a_second_repository_in_the_same_place_is_refused_and_changes_nothing() {
    create(storage, TestRepository.KEYS, 0);
    byte[] before = storage.get(RepositoryConfig.NAME);
    assertThatThrownBy(() -> create(storage, FullKeys.generate(RANDOM), 1))
        .isInstanceOf(RefusedException.class);
    assertThat(storage.get(RepositoryConfig.NAME)).isEqualTo(before);
    assertThat(new KeySlots(storage, id()).list(this::noDamage)).hasSize(1);
  }

  @Test
  void the_keys_of_another_repository_do_not_open_it() {
    create(storage, TestRepository.KEYS, 0);
    FullKeys others = FullKeys.generate(RANDOM);
    assertThatThrownBy(() -> Repository.open(storage, _ -> others))
        .isInstanceOf(DamagedException.class);
  }

  @Test
  void a_wrong_key_file_opens_no_slot() {
    create(storage, TestRepository.KEYS, 0);
    List<KeySlot> slots = new KeySlots(storage, id()).list(this::noDamage);
    assertThat(KeySlots.open(slots, SlotKind.KEY_FILE, KeyFile.generate(RANDOM))).isEmpty();
    assertThat(KeySlots.open(slots, SlotKind.RECIPIENT, keyFile)).isEmpty();
    assertThat(KeySlots.open(slots, SlotKind.KEY_FILE, keyFile).map(KeySlots.Opened::keys))
        .hasValue(TestRepository.KEYS);
  }

  @Test
  void slots_are_listed_the_oldest_first_and_damaged_ones_apart() {
    RepositoryId id = RepositoryId.generate(RANDOM);
    KeySlots ring = new KeySlots(storage, id);
    for (int second : new int[] {5, 1, 9}) {
      ring.add(slot(id, TestRepository.KEYS, second));
    }
    storage.overwrite(ObjectName.of("keys/not-a-slot"), new byte[7]);
    ObjectName copied = ObjectName.of("keys/" + "0".repeat(32));
    storage.overwrite(copied, slot(id, TestRepository.KEYS, 7).encode());
    List<MailkeepException> damaged = new ArrayList<>();
    assertThat(ring.list(damaged::add).stream().map(slot -> slot.created().getEpochSecond()))
        .containsExactly(1L, 5L, 9L);
    assertThat(damaged.stream().map(e -> ((DamagedException) e).object()))
        .containsExactlyInAnyOrder("keys/not-a-slot", copied.toString());
  }

  @Test
  void a_creation_that_was_cut_off_can_be_repeated_and_its_key_slot_is_no_hindrance() {
    for (int n = 1; n <= 3; n++) {
      MemoryStorage memory = new MemoryStorage();
      Storage faulty = FaultyStorage.from(memory, n, Fault.NOTHING_DONE);
      assertThatThrownBy(() -> create(faulty, FullKeys.generate(RANDOM), 1))
          .isInstanceOf(StorageException.class);
      assertThat(Repository.exists(memory)).isFalse();
      KeySet keys = FullKeys.generate(RANDOM);
      create(memory, keys, 2);
      assertThat(Repository.open(memory, this::unlock).keys()).isEqualTo(keys);
    }
  }

  @Test
  void a_writer_key_adds_and_cannot_read() {
    create(storage, TestRepository.KEYS.writer(), 0);
    try (Repository repository = Repository.open(storage, this::unlock)) {
      assertThat(repository.keys()).isEqualTo(TestRepository.KEYS.writer());
      assertThatThrownBy(() -> repository.snapshots().list(this::noDamage))
          .isInstanceOf(KeyException.class);
    }
  }

  private void create(Storage where, KeySet keys, int second) {
    RepositoryId id = RepositoryId.generate(RANDOM);
    Function<RepositoryId, List<KeySlot>> slots = given -> List.of(slot(given, keys, second));
    Repository made = Repository.create(where, id, Instant.ofEpochSecond(second), keys, slots);
    assertThat(made.config().id()).isEqualTo(id);
    assertThat(made.keys()).isEqualTo(keys);
  }

  private KeySlot slot(RepositoryId id, KeySet keys, int second) {
    return new NewSlot(id, keys, "", Instant.ofEpochSecond(second)).lock(keyFile, RANDOM);
  }

  private KeySet unlock(KeySlots slots) {
    return KeySlots.open(slots.list(this::noDamage), SlotKind.KEY_FILE, keyFile)
        .orElseThrow()
        .keys();
  }

  private RepositoryId id() {
    return RepositoryConfig.decode(storage.get(RepositoryConfig.NAME)).id();
  }

  private void noDamage(MailkeepException e) {
    throw e;
  }
}
