package org.mailkeep.repository.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.repository.TestRepository;
import org.mailkeep.storage.MemoryStorage;

class ParitySettingTest {

  private final MemoryStorage storage = new MemoryStorage();
  private final ParitySetting setting = new ParitySetting(storage, TestRepository.KEYS);

  @Test
  void it_is_off_until_it_is_set_and_can_be_changed() {
    assertThat(setting.percent()).isEmpty();
    for (int percent : new int[] {1, 5, ParitySetting.MOST_PERCENT}) {
      setting.set(OptionalInt.of(percent));
      assertThat(setting.percent()).hasValue(percent);
      assertThat(setting.percentForWriting()).hasValue(percent);
    }
    setting.set(OptionalInt.empty());
    assertThat(setting.percent()).isEmpty();
  }

  @Test
  void whatever_is_not_what_a_holder_of_the_keys_wrote_is_damage_and_stops_no_writer() {
    setting.set(OptionalInt.of(5));
    byte[] right = storage.get(ParitySetting.NAME);
    for (int bit = 0; bit < 8 * right.length; bit++) {
      byte[] wrong = right.clone();
      wrong[bit / 8] ^= (byte) (1 << bit % 8);
      refuses(wrong);
    }
    for (int length = 0; length <= right.length + 1; length++) {
      if (length != right.length) {
        refuses(Arrays.copyOf(right, length));
      }
    }
  }

  private void refuses(byte[] wrong) {
    storage.overwrite(ParitySetting.NAME, wrong);
    assertThatThrownBy(setting::percent).isInstanceOf(DamagedException.class);
    assertThat(setting.percentForWriting()).isEmpty();
  }
}
