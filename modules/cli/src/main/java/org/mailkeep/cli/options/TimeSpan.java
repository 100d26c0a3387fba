package org.mailkeep.cli.options;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A length of time, as users write it: {@code 90s}, {@code 30m}, {@code 2h}, {@code 7d}, {@code
 * 4w}, {@code 1y}.
 *
 * @param duration longer than nothing
 */
public record TimeSpan(Duration duration) {

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,6})([smhdwy])");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1),
          "w", Duration.ofDays(7),
          "y", Duration.ofDays(365));

  /** Reads one. */
  static TimeSpan parse(String text) {
    Matcher match = TEXT.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!match.matches() || Integer.parseInt(match.group(1)) == 0) {
      throw new TypeConversionException(
          "'" + text + "' is not a length of time, such as 90s, 30m, 2h, 7d, 4w or 1y");
    }
    Duration unit = Objects.requireNonNull(UNITS.get(match.group(2)));
    return new TimeSpan(unit.multipliedBy(Integer.parseInt(match.group(1))));
  }

  /** Lets the command line read one. */
  public static final class Converter implements ITypeConverter<TimeSpan> {
    @Override
    public TimeSpan convert(String text) {
      return parse(text);
    }
  }
}
