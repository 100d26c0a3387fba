package org.mailkeep.cli.options;

import java.time.Duration;
import org.mailkeep.service.schedule.Span;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A length of time, as users write it: {@code 90s}, {@code 30m}, {@code 2h}, {@code 7d}, {@code
 * 4w}, {@code 1y}.
 *
 * @param duration longer than nothing
 */
public record TimeSpan(Duration duration) {

  /** Reads one. */
  static TimeSpan parse(String text) {
    return Span.parse(text)
        .map(TimeSpan::new)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'" + text + "' is not a length of time, such as 90s, 30m, 2h, 7d, 4w or 1y"));
  }

  /** Lets the command line read one. */
  public static final class Converter implements ITypeConverter<TimeSpan> {
    @Override
    public TimeSpan convert(String text) {
      return parse(text);
    }
  }
}
