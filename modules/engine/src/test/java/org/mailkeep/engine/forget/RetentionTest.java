package org.mailkeep.engine.forget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mailkeep.engine.forget.Retention.Verdict;
import org.mailkeep.engine.forget.RetentionRules.Grouping;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.FileName;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.account.AccountFacts;
import org.mailkeep.model.snapshot.Manifest;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Metadata;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.snapshot.SnapshotMarks.Mark;
import org.mailkeep.repository.snapshot.SnapshotMarks.Meaning;

class RetentionTest {

  private final List<Snapshot> all = new ArrayList<>();
  private final List<Mark> marks = new ArrayList<>();
  private ZoneId zone = ZoneOffset.UTC;

  private Snapshot add(String time) {
    return add(time, "mx", "/home", List.of(), false);
  }

  private Snapshot add(String time, String host, String path, List<String> tags, boolean alarm) {
    Instant instant = LocalDateTime.parse(time).toInstant(ZoneOffset.UTC);
    Entry root =
        new Entry(
            FileName.of(Manifest.ROOT_NAME),
            new Metadata(0700, 0, 0, 0, 0, List.of()),
            new Body.Directory(new ChunkId(1, 2, 3), 0, 0, false),
            0);
    Manifest manifest =
        new Manifest(
            instant,
            instant,
            host,
            List.of(RawPath.of(path)),
            List.of(),
            tags,
            root,
            Optional.empty(),
            Map.of(),
            Map.of(),
            AccountFacts.NONE,
            List.of(),
            new Manifest.Unreadable(0, List.of()),
            new Manifest.Counts(0, 0, 0, 0, 0),
            List.of(),
            "test");
    Snapshot snapshot =
        new Snapshot(
            new ObjectId(0, 0, 0, all.size()),
            alarm ? manifest.with(new Manifest.MassChange(5000, 4000, 0)) : manifest);
    all.add(snapshot);
    return snapshot;
  }

  private static RetentionRules keep(Map<Period, Integer> counts) {
    return new RetentionRules(
        counts,
        Optional.empty(),
        List.of(),
        Set.of(Grouping.HOST, Grouping.PATHS, Grouping.TAGS),
        false);
  }

  private List<Verdict> judge(RetentionRules rules) {
    return new Retention(all, marks, zone)
        .judge(all, rules).values().stream().flatMap(List::stream).toList();
  }

  private List<String> staying(RetentionRules rules) {
    return judge(rules).stream()
        .filter(Verdict::stays)
        .map(verdict -> verdict.snapshot().manifest().time().toString())
        .toList();
  }

  private List<String> reasons(Snapshot snapshot, RetentionRules rules) {
    return judge(rules).stream()
        .filter(verdict -> verdict.snapshot().equals(snapshot))
        .flatMap(verdict -> verdict.reasons().stream())
        .map(Reason::text)
        .toList();
  }

  @Test
  void the_newest_of_each_of_the_last_periods_that_have_one_stays() {
    add("2026-01-01T10:00:00");
    add("2026-01-01T11:00:00");
    add("2026-01-02T10:00:00");
    add("2026-01-09T09:00:00");
    add("2026-01-09T10:00:00");
    assertThat(staying(keep(Map.of(Period.DAILY, 2))))
        .containsExactly("2026-01-02T10:00:00Z", "2026-01-09T10:00:00Z");
    assertThat(staying(keep(Map.of(Period.DAILY, 9))))
        .containsExactly("2026-01-01T11:00:00Z", "2026-01-02T10:00:00Z", "2026-01-09T10:00:00Z");
    assertThat(staying(keep(Map.of(Period.LAST, 3)))).hasSize(3);
    assertThat(staying(keep(Map.of(Period.MONTHLY, 5)))).containsExactly("2026-01-09T10:00:00Z");
    assertThat(staying(keep(Map.of(Period.HOURLY, 2))))
        .containsExactly("2026-01-09T09:00:00Z", "2026-01-09T10:00:00Z");
  }

  @Test
  void weeks_begin_on_monday_and_may_span_two_years() {
    add("2025-12-28T10:00:00"); // a Sunday
    add("2025-12-29T10:00:00"); // a Monday
    add("2026-01-04T10:00:00"); // the Sunday after
    assertThat(staying(keep(Map.of(Period.WEEKLY, 9))))
        .containsExactly("2025-12-28T10:00:00Z", "2026-01-04T10:00:00Z");
    assertThat(staying(keep(Map.of(Period.YEARLY, 9))))
        .containsExactly("2025-12-29T10:00:00Z", "2026-01-04T10:00:00Z");
  }

  @Test
  void days_begin_at_midnight_of_the_zone_and_the_hour_that_comes_twice_counts_twice() {
    zone = ZoneId.of("Europe/Berlin");
    add("2026-10-24T21:30:00");
    add("2026-10-24T22:30:00"); // 00:30 of the 25th
    assertThat(staying(keep(Map.of(Period.DAILY, 5)))).hasSize(2);
    all.clear();
    add("2026-10-25T00:30:00"); // 02:30, summer time
    add("2026-10-25T01:30:00"); // 02:30, winter time
    assertThat(staying(keep(Map.of(Period.HOURLY, 5)))).hasSize(2);
  }

  @Test
  void groups_are_counted_alone() {
    add("2026-01-01T10:00:00", "a", "/home", List.of(), false);
    add("2026-01-01T11:00:00", "b", "/home", List.of(), false);
    add("2026-01-01T12:00:00", "a", "/etc", List.of(), false);
    add("2026-01-01T13:00:00", "a", "/etc", List.of("x"), false);
    add("2026-01-01T14:00:00", "a", "/etc", List.of("x"), false);
    assertThat(staying(keep(Map.of(Period.LAST, 1)))).hasSize(4);
    RetentionRules byHost =
        new RetentionRules(
            Map.of(Period.LAST, 1), Optional.empty(), List.of(), Set.of(Grouping.HOST), true);
    assertThat(staying(byHost)).containsExactly("2026-01-01T14:00:00Z", "2026-01-01T11:00:00Z");
  }

  @Test
  void a_span_counts_from_the_newest_and_tags_keep() {
    add("2026-01-01T10:00:00", "a", "/home", List.of("keep"), false);
    add("2026-01-05T10:00:00");
    add("2026-01-06T10:00:00");
    add("2026-01-07T10:00:00");
    RetentionRules rules =
        new RetentionRules(
            Map.of(), Optional.of(Duration.ofDays(1)), List.of("keep"), Set.of(), false);
    assertThat(staying(rules))
        .containsExactly("2026-01-01T10:00:00Z", "2026-01-06T10:00:00Z", "2026-01-07T10:00:00Z");
  }

  @Test
  void a_pinned_snapshot_stays() {
    Snapshot old = add("2026-01-01T10:00:00");
    add("2026-01-02T10:00:00");
    assertThat(staying(keep(Map.of(Period.LAST, 1)))).hasSize(1);
    marks.add(new Mark(new ObjectId(9, 9, 9, 9), old.id(), Meaning.PINNED, Instant.EPOCH));
    assertThat(reasons(old, keep(Map.of(Period.LAST, 1)))).containsExactly("pinned");
  }

  @Test
  void the_last_snapshot_of_a_source_stays_unless_told() {
    Snapshot one = add("2026-01-01T10:00:00");
    Snapshot two = add("2026-01-02T10:00:00");
    RetentionRules nothing =
        new RetentionRules(Map.of(), Optional.empty(), List.of("no such"), Set.of(), false);
    assertThat(staying(nothing)).containsExactly("2026-01-02T10:00:00Z");
    assertThat(reasons(two, nothing)).containsExactly("last of its source");
    Retention retention = new Retention(all, marks, zone);
    assertThat(retention.judge(List.of(two), false)).noneMatch(Verdict::stays);
    assertThat(retention.judge(List.of(one, two), false)).anyMatch(Verdict::stays);
    assertThat(retention.judge(List.of(one, two), true)).noneMatch(Verdict::stays);
  }

  @Test
  void nothing_before_a_mass_change_goes_until_it_is_accepted() {
    Snapshot good = add("2026-01-01T10:00:00");
    Snapshot other = add("2026-01-01T12:00:00", "b", "/home", List.of(), false);
    Snapshot better = add("2026-01-02T10:00:00");
    Snapshot marked = add("2026-01-03T10:00:00", "mx", "/home", List.of(), true);
    add("2026-01-03T11:00:00", "b", "/home", List.of(), false);
    add("2026-01-04T10:00:00");
    RetentionRules last = keep(Map.of(Period.LAST, 1));
    String why = "before the mass change in " + marked.id().shortForm();
    assertThat(reasons(good, last)).containsExactly(why);
    assertThat(reasons(better, last)).containsExactly(why);
    assertThat(reasons(marked, last)).containsExactly("mass change, not accepted");
    assertThat(reasons(other, last)).isEmpty();
    marks.add(new Mark(new ObjectId(9, 9, 9, 9), marked.id(), Meaning.ACCEPTED, Instant.EPOCH));
    assertThat(staying(last)).containsExactly("2026-01-03T11:00:00Z", "2026-01-04T10:00:00Z");
  }
}
