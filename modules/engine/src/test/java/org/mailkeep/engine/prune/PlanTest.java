package org.mailkeep.engine.prune;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.mailkeep.engine.TemporaryState;
import org.mailkeep.model.ObjectId;
import org.mailkeep.repository.index.CondemnedPacks;
import org.mailkeep.repository.index.LocalIndex;
import org.mailkeep.testkit.property.Property;

/** Which packs are rewritten, and which small ones merged. */
final class PlanTest {

  private static final long ALL = Long.MAX_VALUE;
  private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

  private static List<PackUse> packs(LongStream sizes) {
    List<PackUse> packs = new ArrayList<>();
    sizes.forEach(
        size -> {
          ObjectId id = new ObjectId(packs.size(), 0, 0, 0);
          packs.add(new PackUse(packs.size(), id, size, size, 0, true));
        });
    return packs;
  }

  private static PackUse useless(int share) {
    int needed = 50_000 * (100 - share);
    return new PackUse(9, new ObjectId(9, 0, 0, 0), 5_000_000, needed, 0, true);
  }

  /** What becomes of nine full packs of five megabytes, and one of which not all is needed. */
  private static Plan plan(PackUse sparse, PruneSettings settings, Duration afterAnother) {
    List<PackUse> all = packs(LongStream.generate(() -> 5_000_000).limit(9));
    all.add(sparse);
    CondemnedPacks.Condemned another =
        new CondemnedPacks.Condemned(
            new ObjectId(1, 2, 3, 4),
            NOW.minus(afterAnother),
            Duration.ofDays(1),
            List.of(new ObjectId(5, 6, 7, 8)));
    try (TemporaryState state = TemporaryState.create()) {
      LocalIndex index = new LocalIndex(state.database());
      return Plan.make(new Census(all), index, List.of(another), settings, NOW);
    }
  }

  private static PruneSettings settings(double maxUnused, boolean atOnce) {
    return new PruneSettings(maxUnused, Duration.ofDays(1), atOnce, false);
  }

  @Test
  void packs_are_rewritten_once_that_frees_a_third_of_what_may_be_useless() {
    Duration week = Duration.ofDays(7);
    assertThat(plan(useless(35), settings(0.1, false), week).rewrite().stream()).containsExactly(9);
    assertThat(plan(useless(30), settings(0.1, false), week).rewrite().isEmpty()).isTrue();
    assertThat(plan(useless(30), settings(0, false), week).rewrite().stream()).containsExactly(9);
  }

  @Test
  void a_prune_soon_after_another_rewrites_packs_only_where_more_is_useless_than_may_be() {
    Duration day = Duration.ofHours(25);
    assertThat(plan(useless(90), settings(0.1, false), day).rewrite().isEmpty()).isTrue();
    assertThat(plan(useless(90), settings(0.08, false), day).rewrite().stream()).containsExactly(9);
  }

  @Test
  void where_packs_go_at_once_nothing_is_there_twice_and_a_third_is_enough() {
    Duration day = Duration.ofHours(25);
    assertThat(plan(useless(35), settings(0.1, true), day).rewrite().stream()).containsExactly(9);
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
