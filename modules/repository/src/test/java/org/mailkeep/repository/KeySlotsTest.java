package org.mailkeep.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mailkeep.crypto.FullKeys;
import org.mailkeep.crypto.KeyFile;
import org.mailkeep.crypto.KeySet;
import org.mailkeep.crypto.KeySlot;
import org.mailkeep.crypto.NewSlot;
import org.mailkeep.crypto.RepositoryId;
import org.mailkeep.crypto.SlotKind;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.storage.Fault;
import org.mailkeep.storage.FaultyStorage;
import org.mailkeep.storage.ForwardingStorage;
import org.mailkeep.storage.MemoryStorage;
import org.mailkeep.storage.ObjectName;
import org.mailkeep.storage.Storage;

/** Slots come before others go, and the last that reads stays. */
final class KeySlotsTest {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final FullKeys KEYS = TestRepository.KEYS;

  private final MemoryStorage storage = new MemoryStorage();
  private final RepositoryId repository = RepositoryId.generate(RANDOM);
  private final KeySlots ring = new KeySlots(storage, repository);
  private final KeyFile keyFile = KeyFile.generate(RANDOM);

  @Test
  void a_slot_can_go_while_another_full_one_stays() {
    KeySlot first = add(KEYS, 1);
    KeySlot second = add(KEYS, 2);
    ring.remove(List.of(first), KEYS);
    assertThat(ids()).containsExactly(second.objectName());
  }

  @Test
  void the_last_full_slot_stays_whatever_else_there_is() {
    KeySlot full = add(KEYS, 1);
    KeySlot writer = add(KEYS.writer(), 2);
    FullKeys others = FullKeys.generate(RANDOM);
    KeySlot forged = new NewSlot(repository, others, "", Instant.EPOCH).lock(keyFile, RANDOM);
    ring.add(forged);
    storage.overwrite(ObjectName.of("keys/" + "0".repeat(32)), new byte[200]);
    assertThatThrownBy(() -> ring.remove(List.of(full), KEYS)).isInstanceOf(RefusedException.class);
    assertThat(ids())
        .containsExactlyInAnyOrder(full.objectName(), writer.objectName(), forged.objectName());
    ring.remove(List.of(writer, forged), KEYS);
    assertThat(ids()).containsExactly(full.objectName());
  }

  @Test
  void a_slot_from_before_a_change_of_the_data_key_is_not_enough() {
    FullKeys rotated = KEYS.withNewDataKey(RANDOM);
    KeySlot old = add(KEYS, 1);
    KeySlot fresh = add(rotated, 2);
    for (KeySet keys : List.of(KEYS, rotated)) {
      assertThatThrownBy(() -> ring.remove(List.of(fresh), keys))
          .isInstanceOf(RefusedException.class);
    }
    ring.remove(List.of(old), rotated);
    assertThat(ids()).containsExactly(fresh.objectName());
  }

  @Test
  void the_slot_with_most_keys_is_opened_where_one_secret_opens_several() {
    FullKeys rotated = KEYS.withNewDataKey(RANDOM);
    KeySlot best = add(rotated, 3);
    KeySlot _ = add(KEYS, 9);
    KeySlot _ = add(rotated.writer(), 9);
    KeySlots.Opened opened =
        KeySlots.open(ring.list(KeySlotsTest::fail), SlotKind.KEY_FILE, keyFile).orElseThrow();
    assertThat(opened.slot().objectName()).isEqualTo(best.objectName());
    assertThat(opened.keys()).isEqualTo(rotated);
  }

  @Test
  void a_change_of_slots_that_is_cut_off_anywhere_leaves_one_that_opens() {
    for (Fault fault : List.of(Fault.NOTHING_DONE, Fault.ANSWER_LOST)) {
      for (int n = 1; isCutOffAndOpens(n, fault); n++) {}
    }
  }

  private boolean isCutOffAndOpens(int n, Fault fault) {
    MemoryStorage memory = new MemoryStorage();
    KeySlot old = slot(KEYS, 1);
    new KeySlots(memory, repository).add(old);
    KeySlots broken = new KeySlots(FaultyStorage.from(memory, n, fault), repository);
    boolean failed = false;
    try {
      broken.add(slot(KEYS, 2));
      broken.remove(List.of(old), KEYS);
    } catch (MailkeepException e) {
      failed = true;
    }
    List<KeySlot> left = new KeySlots(memory, repository).list(KeySlotsTest::fail);
    assertThat(KeySlots.open(left, SlotKind.KEY_FILE, keyFile)).isPresent();
    return failed;
  }

  @Test
  void two_who_remove_each_others_slot_at_once_do_not_lock_everybody_out() {
    KeySlot mine = add(KEYS, 1);
    KeySlot theirs = add(KEYS, 2);
    Storage meanwhile =
        new ForwardingStorage(storage) {
          @Override
          public void delete(ObjectName name) {
            super.delete(name);
            super.delete(ObjectName.of(mine.objectName()));
          }
        };
    KeySlots late = new KeySlots(meanwhile, repository);
    assertThatThrownBy(() -> late.remove(List.of(theirs), KEYS))
        .isInstanceOf(RefusedException.class);
    assertThat(ids()).containsExactly(theirs.objectName());
  }

  private KeySlot add(KeySet keys, int second) {
    KeySlot slot = slot(keys, second);
    ring.add(slot);
    return slot;
  }

  private KeySlot slot(KeySet keys, int second) {
    return new NewSlot(repository, keys, "", Instant.ofEpochSecond(second)).lock(keyFile, RANDOM);
  }

  private List<String> ids() {
    return ring.list(_ -> {}).stream().map(KeySlot::objectName).toList();
  }

  private static void fail(MailkeepException e) {
    throw e;
  }
}
