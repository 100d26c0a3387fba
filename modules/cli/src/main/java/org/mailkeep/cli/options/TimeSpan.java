package org.mailkeep.cli.options;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A length of time, as users write it: {@code 90s}, {@code 30m}, {@code 2h}, {@code 7d}.
 *
 * @param duration longer than nothing
 */
public record TimeSpan(Duration duration) {

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,6})([smhd])");
  private static final Map<String, ChronoUnit> UNITS =
      Map.of(
          "s", ChronoUnit.SECONDS,
          "m", ChronoUnit.MINUTES,
          "h", ChronoUnit.HOURS,
          "d", ChronoUnit.DAYS);

  /** Reads one. */
  static TimeSpan parse(String text) {
    Matcher match = TEXT.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!match.matches() || Integer.parseInt(match.group(1)) == 0) {
      throw new TypeConversionException(
          "'" + text + "' is not a length of time, such as 90s, 30m, 2h or 7d");
    }
    ChronoUnit unit = Objects.requireNonNull(UNITS.get(match.group(2)));
    return new TimeSpan(Duration.of(Integer.parseInt(match.group(1)), unit));
  }

  /** Lets the command line read one. */
  public static final class Converter implements ITypeConverter<TimeSpan> {
    @Override
    public TimeSpan convert(String text) {
      return parse(text);
    }
  }
}
