package org.mailkeep.cli.options;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A number of bytes a second, as users write it: {@code 500K}, {@code 2M}, {@code 1.5MiB/s}. As in
 * all that the program prints, the prefixes are binary.
 *
 * @param bytesPerSecond at least {@link #LEAST}
 */
public record ByteRate(long bytesPerSecond) {

  /** Slower, a single pack takes half a day; who writes 500 means 500K. */
  static final long LEAST = 1024;

  private static final Pattern TEXT =
      Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)([KMG]?)(?:I?B)?(?:/S)?");
  private static final Map<String, Long> PREFIXES =
      Map.of("", 1L, "K", 1L << 10, "M", 1L << 20, "G", 1L << 30);

  /** Reads one. */
  static ByteRate parse(String text) {
    Matcher match = TEXT.matcher(text.strip().toUpperCase(Locale.ROOT));
    if (!match.matches()) {
      throw new TypeConversionException(
          "'" + text + "' is not a number of bytes a second, such as 500K or 2M");
    }
    BigDecimal number = new BigDecimal(match.group(1));
    long unit = Objects.requireNonNull(PREFIXES.get(match.group(2)));
    long bytes = number.multiply(BigDecimal.valueOf(unit)).longValue();
    if (bytes < LEAST) {
      throw new TypeConversionException(
          "'" + text + "' is less than 1K; the rate is in bytes a second, such as 500K or 2M");
    }
    return new ByteRate(bytes);
  }

  /** Lets the command line read one. */
  public static final class Converter implements ITypeConverter<ByteRate> {
    @Override
    public ByteRate convert(String text) {
      return parse(text);
    }
  }
}
