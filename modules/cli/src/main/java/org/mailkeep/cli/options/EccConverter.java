package org.mailkeep.cli.options;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailkeep.repository.parity.ParitySetting;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how much parity packs get: {@code 5%}, {@code off}. */
public final class EccConverter implements ITypeConverter<EccConverter.Ecc> {

  private static final Pattern PERCENT = Pattern.compile("([0-9]{1,2})\\s*%?");

  /**
   * How much parity.
   *
   * @param percent of a pack; empty for none
   */
  public record Ecc(OptionalInt percent) {
    /** None. */
    public static final Ecc OFF = new Ecc(OptionalInt.empty());
  }

  @Override
  public Ecc convert(String text) {
    if (text.equals("off")) {
      return Ecc.OFF;
    }
    Matcher match = PERCENT.matcher(text);
    int percent = match.matches() ? Integer.parseInt(match.group(1)) : 0;
    if (percent < 1 || percent > ParitySetting.MOST_PERCENT) {
      throw new TypeConversionException(
          "'"
              + text
              + "' is no amount of parity: write 1% to "
              + ParitySetting.MOST_PERCENT
              + "%, or off");
    }
    return new Ecc(OptionalInt.of(percent));
  }
}
