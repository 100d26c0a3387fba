package org.mailkeep.engine.prune;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.mailkeep.model.ObjectId;
import org.mailkeep.testkit.property.Property;

/** Which small packs are merged. */
final class PlanTest {

  private static final long ALL = Long.MAX_VALUE;

  private static List<PackUse> packs(LongStream sizes) {
    List<PackUse> packs = new ArrayList<>();
    sizes.forEach(
        size -> {
          ObjectId id = new ObjectId(packs.size(), 0, 0, 0);
          packs.add(new PackUse(packs.size(), id, size, size, 0, true));
        });
    return packs;
  }

  @Test
  void packs_are_rewritten_once_that_frees_a_third_of_what_may_be_useless() {
    List<PackUse> full = packs(LongStream.generate(() -> 1_000_000).limit(9));
    PackUse half = new PackUse(9, new ObjectId(9, 0, 0, 0), 1_000_000, 700_000, 40_000, true);
    PackUse less = new PackUse(9, new ObjectId(9, 0, 0, 0), 1_000_000, 700_000, 0, true);
    assertThat(Plan.isWorthRewriting(List.of(half), full, 0.1)).isTrue();
    assertThat(Plan.isWorthRewriting(List.of(less), full, 0.1)).isFalse();
    assertThat(Plan.isWorthRewriting(List.of(less), full, 0)).isTrue();
  }

  @Test
  void a_day_of_hourly_packs_waits_for_more() {
    assertThat(Plan.worthMerging(packs(LongStream.generate(() -> 5000).limit(100)), ALL)).isEmpty();
    assertThat(Plan.worthMerging(packs(LongStream.generate(() -> 5000).limit(200)), ALL))
        .hasSize(200);
  }

  @Test
  void what_was_merged_waits_until_as_much_was_added() {
    LongStream week = LongStream.generate(() -> 5000).limit(200);
    List<PackUse> merged =
        Plan.worthMerging(packs(LongStream.concat(LongStream.of(3_000_000, 900_000), week)), ALL);
    assertThat(merged).hasSize(201).noneMatch(pack -> pack.size() > 1_000_000);
  }

  @Test
  void what_is_added_is_written_a_few_times_in_all() {
    Property.check(
        200,
        draw -> {
          long added = 0;
          long written = 0;
          List<Long> there = new ArrayList<>();
          for (int prune = 0; prune < 100; prune++) {
            for (int i = 0; i < 150; i++) {
              long size = draw.between(200, 20_000);
              added += size;
              there.add(size);
            }
            List<PackUse> merged = Plan.worthMerging(packs(there.stream().mapToLong(x -> x)), ALL);
            long sum = merged.stream().mapToLong(PackUse::size).sum();
            written += sum;
            merged.forEach(pack -> there.remove(pack.size()));
            there.add(sum);
          }
          assertThat(there).hasSizeLessThan(200);
          assertThat((double) written / added).isLessThan(9);
        });
  }

  @Test
  void no_more_is_merged_at_a_time_than_may_be_there_twice_and_the_smallest_first() {
    LongStream year = LongStream.iterate(20_000, size -> size + 1).limit(365);
    List<PackUse> merged = Plan.worthMerging(packs(year), 333_000);
    assertThat(merged).hasSize(16);
    assertThat(merged.getFirst().size()).isEqualTo(20_000);
  }
}
