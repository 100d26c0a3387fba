package org.mailkeep.repository.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mailkeep.model.ObjectId;
import org.mailkeep.repository.TestRepository;
import org.mailkeep.storage.MemoryStorage;
import org.mailkeep.storage.ObjectContent;

class SetAsidePacksTest {

  private final MemoryStorage storage = new MemoryStorage();
  private final SetAsidePacks setAside = new SetAsidePacks(storage, TestRepository.KEYS);
  private final ObjectId pack = ObjectId.generate(new SecureRandom());

  private List<ObjectId> all() {
    List<ObjectId> all = new ArrayList<>();
    setAside.list(all::add);
    return all;
  }

  @Test
  void a_pack_is_set_aside_once_and_removed_with_its_mark() {
    storage.put(PackReader.name(pack), ObjectContent.of(new byte[10]));
    assertThat(setAside.contains(pack)).isFalse();
    setAside.add(pack);
    setAside.add(pack);
    assertThat(setAside.contains(pack)).isTrue();
    assertThat(all()).containsExactly(pack);
    setAside.delete(pack);
    assertThat(all()).isEmpty();
    assertThat(storage.size(PackReader.name(pack))).isEmpty();
  }

  @Test
  void a_mark_that_no_holder_of_the_keys_made_sets_nothing_aside_and_removes_nothing() {
    storage.put(PackReader.name(pack), ObjectContent.of(new byte[10]));
    setAside.add(pack);
    byte[] mark = storage.get(SetAsidePacks.name(pack));
    for (int bit = 0; bit < 8 * mark.length; bit++) {
      byte[] forged = mark.clone();
      forged[bit / 8] ^= (byte) (1 << bit % 8);
      storage.overwrite(SetAsidePacks.name(pack), forged);
      assertThat(setAside.contains(pack)).isFalse();
    }
    setAside.delete(pack);
    assertThat(storage.size(PackReader.name(pack))).isPresent();
    setAside.add(pack);
    assertThat(setAside.contains(pack)).as("a damaged mark is made anew").isTrue();
    ObjectId other = ObjectId.generate(new SecureRandom());
    storage.overwrite(SetAsidePacks.name(other), mark);
    assertThat(setAside.contains(other)).isFalse();
  }
}
