package org.mailkeep.repository.snapshot;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.UsageException;

/**
 * Finds the snapshot that people mean: {@code latest}, the beginning of an id, or {@code @TIME} for
 * the newest at or before a time, such as {@code @2026-11-20T14:00}, {@code @2026-11-20} (its end)
 * or a full time with zone.
 */
public final class SnapshotQuery {

  private static final int MIN_PREFIX = 4;

  private final ZoneId zone;

  /** Times without a zone are taken to be in this one. */
  public SnapshotQuery(ZoneId zone) {
    this.zone = zone;
  }

  /**
   * The snapshot meant.
   *
   * @param snapshots to choose from, the oldest first
   * @throws NotFoundException where none fits
   * @throws UsageException where several fit, or the text means nothing
   */
  public Snapshot find(String text, List<Snapshot> snapshots) {
    if (snapshots.isEmpty()) {
      throw new NotFoundException(
          "The repository holds no snapshot yet", "Make one with 'mailkeep backup PATH'.");
    }
    if (text.equals("latest")) {
      return snapshots.getLast();
    }
    return text.startsWith("@")
        ? atOrBefore(text.substring(1), snapshots)
        : byPrefix(text, snapshots);
  }

  /**
   * The snapshots at or before a time, the newest first.
   *
   * @param snapshots to choose from, the oldest first
   * @throws UsageException where the text is no time
   */
  public List<Snapshot> upTo(String text, List<Snapshot> snapshots) {
    // Times are shown in whole seconds; one that is typed as it was shown means that very snapshot.
    Instant time = parse(text).truncatedTo(ChronoUnit.SECONDS).plusNanos(999_999_999);
    return snapshots.reversed().stream()
        .filter(snapshot -> !snapshot.manifest().time().isAfter(time))
        .toList();
  }

  private Snapshot atOrBefore(String text, List<Snapshot> snapshots) {
    return upTo(text, snapshots).stream()
        .findFirst()
        .orElseThrow(
            () ->
                new NotFoundException(
                    "No snapshot is as old as " + text,
                    "The oldest is of "
                        + snapshots
                            .getFirst()
                            .manifest()
                            .time()
                            .atZone(zone)
                            .toLocalDateTime()
                            .truncatedTo(ChronoUnit.SECONDS)
                        + "; see 'mailkeep snapshots'."));
  }

  private static Snapshot byPrefix(String text, List<Snapshot> snapshots) {
    List<Snapshot> found =
        snapshots.stream().filter(snapshot -> snapshot.id().toString().startsWith(text)).toList();
    if (found.size() == 1 && text.length() >= MIN_PREFIX) {
      return found.getFirst();
    }
    if (found.isEmpty()) {
      throw new NotFoundException(
          "There is no snapshot '" + text + "'",
          "Name one by 'latest', the beginning of its id, or @TIME; see 'mailkeep snapshots'.");
    }
    throw new UsageException(
        "'" + text + "' fits " + found.size() + " snapshots, or is too short",
        "Give at least " + MIN_PREFIX + " characters, enough to tell one from the others.");
  }

  /**
   * The moment that a text names.
   *
   * @throws UsageException where it names none
   */
  public Instant parse(String text) {
    return parse(text, date -> date.atTime(LocalTime.MAX));
  }

  /**
   * The moment that a text names, where a day alone means its beginning.
   *
   * @throws UsageException where it names none
   */
  public Instant parseStart(String text) {
    return parse(text, LocalDate::atStartOfDay);
  }

  private Instant parse(String text, Function<LocalDate, LocalDateTime> ofDay) {
    String form = text.replace(' ', 'T');
    return Stream.<Function<String, Instant>>of(
            Instant::parse,
            s -> OffsetDateTime.parse(s).toInstant(),
            s -> LocalDateTime.parse(s).atZone(zone).toInstant(),
            s -> ofDay.apply(LocalDate.parse(s)).atZone(zone).toInstant())
        .flatMap(parser -> attempt(parser, form).stream())
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "'" + text + "' is not a time",
                    "Write it as 2026-11-20, 2026-11-20T14:00 or 2026-11-20T14:00:00Z."));
  }

  private static Optional<Instant> attempt(Function<String, Instant> parser, String text) {
    try {
      return Optional.of(parser.apply(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
