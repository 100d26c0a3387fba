package org.mailkeep.repository.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.UsageException;

final class SnapshotQueryTest {

  private static final Snapshot FIRST = snapshot(0xabcd_1111L << 32, "2026-11-19T22:30:00Z");
  private static final Snapshot SECOND = snapshot(0xabcd_2222L << 32, "2026-11-20T13:00:00Z");
  private static final Snapshot THIRD = snapshot(0x1234_5678L << 32, "2026-11-20T14:00:00Z");
  private static final List<Snapshot> ALL = List.of(FIRST, SECOND, THIRD);

  private final SnapshotQuery query = new SnapshotQuery(ZoneId.of("Europe/Berlin"));

  private static Snapshot snapshot(long id, String time) {
    return new Snapshot(new ObjectId(id, 1, 2, 3), Manifests.of(time));
  }

  @Test
  void the_latest_is_the_last() {
    assertThat(query.find("latest", ALL)).isEqualTo(THIRD);
    assertThat(query.find("latest", List.of(FIRST))).isEqualTo(FIRST);
  }

  @Test
  void the_beginning_of_an_id_names_a_snapshot() {
    assertThat(query.find("1234", ALL)).isEqualTo(THIRD);
    assertThat(query.find("abcd1", ALL)).isEqualTo(FIRST);
    assertThat(query.find(SECOND.id().shortForm(), ALL)).isEqualTo(SECOND);
    assertThat(query.find(SECOND.id().toString(), ALL)).isEqualTo(SECOND);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "123", "a"})
  void less_than_four_characters_are_too_short(String text) {
    assertThatThrownBy(() -> query.find(text, ALL))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("too short");
  }

  @Test
  void a_beginning_that_fits_several_is_ambiguous() {
    assertThatThrownBy(() -> query.find("abcd", ALL))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("2 snapshots");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ffff", "f", "Latest", "latest ", "12345679", "nonsense", "2026-11-20"})
  void what_fits_none_is_not_found(String text) {
    assertThatThrownBy(() -> query.find(text, ALL))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"latest", "1234", "@2026-11-20", "", "@nonsense"})
  void in_an_empty_repository_nothing_is_found(String text) {
    assertThatThrownBy(() -> query.find(text, List.of()))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("no snapshot");
  }

  @ParameterizedTest
  @CsvSource({
    "@2026-11-20T14:00:00Z,3",
    "@2026-11-20T13:59:59.999999999Z,2",
    "@2026-11-20T14:00Z,3",
    "@2026-11-20T15:00,3", // in Berlin
    "@2026-11-20T14:59:59,2",
    "@2026-11-20 15:00,3",
    "@2026-11-20T15:00+01:00,3",
    "@2026-11-20T15:00+02:00,2",
    "@2026-11-20T09:00:00-05:00,3",
    "@2026-11-20,3", // its end
    "@2026-11-19,1", // which is 23:00 in London
    "@2030-01-01,3"
  })
  void a_time_names_the_newest_snapshot_at_or_before_it(String text, int which) {
    assertThat(query.find(text, ALL)).isEqualTo(ALL.get(which - 1));
  }

  @Test
  void a_day_ends_where_the_user_is() {
    SnapshotQuery auckland = new SnapshotQuery(ZoneId.of("Pacific/Auckland"));
    assertThat(auckland.find("@2026-11-20", ALL)).isEqualTo(FIRST);
    assertThat(auckland.find("@2026-11-21", ALL)).isEqualTo(THIRD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"@2026-11-19T22:00Z", "@2026-11-18", "@1970-01-01"})
  void before_the_oldest_there_is_none_and_the_answer_tells_the_oldest(String text) {
    assertThatThrownBy(() -> query.find(text, ALL))
        .isInstanceOfSatisfying(
            NotFoundException.class, e -> assertThat(e.advice()).contains("2026-11-19T23:30"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"@", "@yesterday", "@2026-13-01", "@2026-02-30", "@14:00", "@2026-11-20T25:00"})
  void what_is_no_time_is_wrong_usage(String text) {
    assertThatThrownBy(() -> query.find(text, ALL))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(text.substring(1));
  }

  @Test
  void a_time_in_the_gap_of_daylight_saving_is_a_time() {
    assertThat(query.parse("2026-03-29T02:30")).isEqualTo(Instant.parse("2026-03-29T01:30:00Z"));
  }
}
