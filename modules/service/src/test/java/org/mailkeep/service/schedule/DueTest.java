package org.mailkeep.service.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When steps are due. */
final class DueTest {

  private static final ZoneId UTC = ZoneOffset.UTC;
  private static final Schedule HOURLY = new Schedule.Every(Duration.ofHours(1));
  private static final Schedule NIGHTLY = at("02:30");

  private static Schedule at(String text) {
    return Schedule.At.parse(text).orElseThrow();
  }

  private static Instant time(String text) {
    return Instant.parse("2026-" + text + "Z");
  }

  private static Memory done(Instant time) {
    return new Memory(Optional.of(time), Optional.of(time), 0);
  }

  private static Due due(Schedule schedule, Memory memory, String now) {
    return Due.of(schedule, memory, time(now), UTC);
  }

  @Test
  void what_was_never_done_is_due() {
    assertThat(due(HOURLY, Memory.NONE, "11-25T10:00:00").now()).isTrue();
  }

  @Test
  void an_hour_after_its_beginning_it_is_due_again_whatever_the_timers_jitter() {
    Memory memory = done(time("11-25T10:00:20"));
    assertThat(due(HOURLY, memory, "11-25T10:55:00").now()).isFalse();
    assertThat(due(HOURLY, memory, "11-25T11:00:00").now()).isTrue();
  }

  @Test
  void a_night_that_was_missed_is_caught_up_once() {
    Memory memory = done(time("11-22T02:31:00"));
    Due late = due(NIGHTLY, memory, "11-25T10:00:00");
    assertThat(late.now()).isTrue();
    assertThat(late.next()).isEqualTo(time("11-23T02:30:00"));
    assertThat(due(NIGHTLY, done(time("11-25T10:00:00")), "11-25T10:05:00").now()).isFalse();
    assertThat(due(NIGHTLY, done(time("11-25T10:00:00")), "11-26T02:30:00").now()).isTrue();
  }

  @Test
  void a_clock_that_was_set_back_makes_it_due() {
    Memory memory = done(time("12-25T10:00:00"));
    assertThat(due(HOURLY, memory, "11-25T10:00:00").why()).contains("set back");
    assertThat(due(HOURLY, memory, "11-25T10:00:00").now()).isTrue();
    assertThat(due(HOURLY, done(time("11-25T10:01:00")), "11-25T10:00:00").now()).isFalse();
  }

  @Test
  void what_failed_is_tried_again_soon_and_then_more_seldom() {
    Instant begun = time("11-25T10:00:00");
    List<Integer> minutes = List.of(5, 10, 20, 40, 60, 60);
    for (int failures = 1; failures <= minutes.size(); failures++) {
      Memory memory = new Memory(Optional.of(begun), Optional.empty(), failures);
      Due due = Due.of(NIGHTLY, memory, begun, UTC);
      assertThat(due.now()).isFalse();
      assertThat(due.next()).isEqualTo(begun.plus(Duration.ofMinutes(minutes.get(failures - 1))));
    }
  }

  @Test
  void what_was_begun_and_cut_off_is_due_at_once() {
    Memory memory =
        new Memory(Optional.of(time("11-25T11:00:00")), Optional.of(time("11-25T10:00:00")), 0);
    assertThat(due(HOURLY, memory, "11-25T11:05:00").now()).isTrue();
    Memory first = new Memory(Optional.of(time("11-25T11:00:00")), Optional.empty(), 0);
    assertThat(due(HOURLY, first, "11-25T11:05:00").now()).isTrue();
  }

  @Test
  void it_is_overdue_when_nobody_does_it_for_too_long() {
    Memory memory = done(time("11-25T10:00:00"));
    Duration most = Duration.ofMinutes(15);
    assertThat(due(HOURLY, memory, "11-25T11:25:00").isOverdue(HOURLY, most)).isFalse();
    assertThat(due(HOURLY, memory, "11-25T11:35:00").isOverdue(HOURLY, most)).isTrue();
    assertThat(due(HOURLY, memory, "11-25T10:30:00").late()).isEqualTo(Duration.ZERO);
  }

  @Test
  void calendar_times_fall_on_their_days() {
    Instant wednesday = time("11-25T10:00:00");
    assertThat(at("Sun 02:30").next(wednesday, UTC)).isEqualTo(time("11-29T02:30:00"));
    assertThat(at("Mon,Thu 2:30").next(wednesday, UTC)).isEqualTo(time("11-26T02:30:00"));
    assertThat(at("1 02:30").next(wednesday, UTC)).isEqualTo(time("12-01T02:30:00"));
    assertThat(at("10:00").next(wednesday, UTC)).isEqualTo(time("11-26T10:00:00"));
    for (String wrong : List.of("", "24:00", "02:60", "Foo 02:30", "0 02:30", "29 02:30", "2")) {
      assertThat(Schedule.At.parse(wrong)).as(wrong).isEmpty();
    }
  }

  @Test
  void a_time_that_summer_time_leaves_out_comes_an_hour_later_and_one_that_it_has_twice_once() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    Instant spring = Instant.parse("2026-03-28T12:00:00Z");
    assertThat(NIGHTLY.next(spring, berlin)).isEqualTo(Instant.parse("2026-03-29T01:30:00Z"));
    Instant autumn = Instant.parse("2026-10-24T12:00:00Z");
    Instant first = NIGHTLY.next(autumn, berlin);
    assertThat(first).isEqualTo(Instant.parse("2026-10-25T00:30:00Z"));
    assertThat(NIGHTLY.next(first, berlin)).isEqualTo(Instant.parse("2026-10-26T01:30:00Z"));
  }
}
