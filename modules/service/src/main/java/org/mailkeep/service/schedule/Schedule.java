package org.mailkeep.service.schedule;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How often something is to be done. */
public sealed interface Schedule {

  /** The first moment after {@code last} at which it is to be done again. */
  Instant next(Instant last, ZoneId zone);

  /** How far two moments are apart, about. */
  Duration interval();

  /**
   * Again and again after the same time.
   *
   * @param span from one beginning to the next
   */
  record Every(Duration span) implements Schedule {

    /** A timer that ticks a little early shall not make a step wait for its next tick. */
    private static final Duration MOST_SLACK = Duration.ofSeconds(30);

    @Override
    public Instant next(Instant last, ZoneId zone) {
      Duration tenth = span.dividedBy(10);
      return last.plus(span).minus(tenth.compareTo(MOST_SLACK) < 0 ? tenth : MOST_SLACK);
    }

    @Override
    public Duration interval() {
      return span;
    }

    @Override
    public String toString() {
      return "every " + text(span);
    }

    private static String text(Duration span) {
      long seconds = span.toSeconds();
      if (seconds % 86_400 == 0) {
        return seconds / 86_400 + "d";
      }
      if (seconds % 3600 == 0) {
        return seconds / 3600 + "h";
      }
      return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
  }

  /**
   * At a time of day, on some days. A time that summer time leaves out is taken an hour later.
   *
   * @param days of the week; all seven where it does not matter
   * @param day of the month, 1 to 28; empty where it does not matter
   * @param time of the day
   */
  record At(Set<DayOfWeek> days, OptionalInt day, LocalTime time) implements Schedule {

    private static final Pattern TEXT =
        Pattern.compile("(?:([A-Za-z]{3}(?:,[A-Za-z]{3})*|[0-9]{1,2})\\s+)?([0-9]{1,2}:[0-9]{2})");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("H:mm", Locale.ROOT);
    private static final int LONGEST_SHORTEST_MONTH = 28;
    private static final int FURTHEST = 62;

    /** Copies the days. */
    public At {
      days = Set.copyOf(days);
    }

    /**
     * Reads {@code 02:30}, {@code Sun 02:30}, {@code Mon,Thu 02:30}, or {@code 1 02:30} for the
     * first of each month; empty where a text is none of them.
     */
    public static Optional<At> parse(String text) {
      Matcher match = TEXT.matcher(text.strip());
      if (!match.matches() || !match.group(2).matches("([01]?[0-9]|2[0-3]):[0-5][0-9]")) {
        return Optional.empty();
      }
      LocalTime time = LocalTime.parse(match.group(2), TIME);
      String days = match.group(1);
      if (days == null) {
        return Optional.of(new At(EnumSet.allOf(DayOfWeek.class), OptionalInt.empty(), time));
      }
      if (Character.isDigit(days.charAt(0))) {
        int day = Integer.parseInt(days);
        return day < 1 || day > LONGEST_SHORTEST_MONTH
            ? Optional.empty()
            : Optional.of(new At(EnumSet.allOf(DayOfWeek.class), OptionalInt.of(day), time));
      }
      Set<DayOfWeek> named = EnumSet.noneOf(DayOfWeek.class);
      for (String name : days.split(",", -1)) {
        Optional<DayOfWeek> found = dayOfWeek(name);
        if (found.isEmpty()) {
          return Optional.empty();
        }
        named.add(found.get());
      }
      return Optional.of(new At(named, OptionalInt.empty(), time));
    }

    private static Optional<DayOfWeek> dayOfWeek(String name) {
      return EnumSet.allOf(DayOfWeek.class).stream()
          .filter(day -> shortName(day).equalsIgnoreCase(name))
          .findFirst();
    }

    private static String shortName(DayOfWeek day) {
      return day.name().charAt(0) + day.name().substring(1, 3).toLowerCase(Locale.ROOT);
    }

    @Override
    public Instant next(Instant last, ZoneId zone) {
      LocalDate from = last.atZone(zone).toLocalDate();
      for (int ahead = 0; ahead <= FURTHEST; ahead++) {
        LocalDate date = from.plusDays(ahead);
        Instant moment = date.atTime(time).atZone(zone).toInstant();
        if (fits(date) && moment.isAfter(last)) {
          return moment;
        }
      }
      throw new IllegalStateException("no day fits " + this);
    }

    private boolean fits(LocalDate date) {
      return days.contains(date.getDayOfWeek())
          && (day.isEmpty() || date.getDayOfMonth() == day.getAsInt());
    }

    @Override
    public Duration interval() {
      if (day.isPresent()) {
        return Duration.ofDays(31);
      }
      return days.size() == DayOfWeek.values().length
          ? Duration.ofDays(1)
          : Duration.ofDays((7 + days.size() - 1) / days.size());
    }

    @Override
    public String toString() {
      if (day.isPresent()) {
        return "on day " + day.getAsInt() + " at " + time;
      }
      if (days.size() == DayOfWeek.values().length) {
        return "daily at " + time;
      }
      List<String> names = new ArrayList<>();
      EnumSet.copyOf(days).forEach(name -> names.add(shortName(name)));
      return String.join(",", names) + " at " + time;
    }
  }
}
