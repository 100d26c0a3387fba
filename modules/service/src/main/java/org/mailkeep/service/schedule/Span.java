package org.mailkeep.service.schedule;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lengths of time, as users write them: {@code 90s}, {@code 30m}, {@code 2h}, {@code 7d}, {@code
 * 4w}, {@code 1y}.
 */
public final class Span {

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,6})([smhdwy])");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1),
          "w", Duration.ofDays(7),
          "y", Duration.ofDays(365));

  private Span() {}

  /** The time that a text stands for, longer than nothing; empty where it is none. */
  public static Optional<Duration> parse(String text) {
    Matcher match = TEXT.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!match.matches() || Integer.parseInt(match.group(1)) == 0) {
      return Optional.empty();
    }
    Duration unit = Objects.requireNonNull(UNITS.get(match.group(2)));
    return Optional.of(unit.multipliedBy(Integer.parseInt(match.group(1))));
  }
}
