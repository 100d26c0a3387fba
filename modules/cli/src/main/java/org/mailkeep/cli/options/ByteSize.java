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
 * A number of bytes, as users write it: {@code 500}, {@code 20K}, {@code 1.5M}. As in all that the
 * program prints, the prefixes are binary.
 *
 * @param bytes 0 or more
 */
public record ByteSize(long bytes) {

  private static final Pattern TEXT =
      Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,9})?)([KMGT]?)(?:I?B)?");
  private static final Map<String, Long> PREFIXES =
      Map.of("", 1L, "K", 1L << 10, "M", 1L << 20, "G", 1L << 30, "T", 1L << 40);

  /** Reads one. */
  static ByteSize parse(String text) {
    Matcher match = TEXT.matcher(text.strip().toUpperCase(Locale.ROOT));
    if (!match.matches()) {
      throw new TypeConversionException("'" + text + "' is not a size, such as 500, 20K or 1.5M");
    }
    BigDecimal unit = BigDecimal.valueOf(Objects.requireNonNull(PREFIXES.get(match.group(2))));
    BigDecimal bytes = new BigDecimal(match.group(1)).multiply(unit);
    return new ByteSize(bytes.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue());
  }

  /** Lets the command line read one. */
  public static final class Converter implements ITypeConverter<ByteSize> {
    @Override
    public ByteSize convert(String text) {
      return parse(text);
    }
  }
}
