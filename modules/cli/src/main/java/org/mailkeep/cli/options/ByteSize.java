package org.mailkeep.cli.options;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A number of bytes, written as 500M, 20G or 2T; 1K is 1024.
 *
 * @param bytes the number
 */
public record ByteSize(long bytes) {

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,12})([KMGT]?)(?:I?B)?");
  private static final Map<String, Long> PREFIXES =
      Map.of("", 1L, "K", 1L << 10, "M", 1L << 20, "G", 1L << 30, "T", 1L << 40);

  /** Lets the command line read one. */
  public static final class Converter implements ITypeConverter<ByteSize> {
    @Override
    public ByteSize convert(String text) {
      Matcher match = TEXT.matcher(text.strip().toUpperCase(Locale.ROOT));
      if (!match.matches()) {
        throw new TypeConversionException("'" + text + "' is not a size, such as 500M or 2T");
      }
      long unit = Objects.requireNonNull(PREFIXES.get(match.group(2)));
      long number = Long.parseLong(match.group(1));
      if (number > Long.MAX_VALUE / unit) {
        throw new TypeConversionException("'" + text + "' is too large a size");
      }
      return new ByteSize(number * unit);
    }
  }
}
