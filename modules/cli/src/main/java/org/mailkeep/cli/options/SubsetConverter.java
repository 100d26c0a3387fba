package org.mailkeep.cli.options;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailkeep.engine.verify.DataSubset;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a part of all data: {@code 5%}, {@code 3/10}, {@code 20G}. */
public final class SubsetConverter implements ITypeConverter<DataSubset> {

  private static final Pattern SHARE = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,3})?)\\s*%");
  private static final Pattern PART = Pattern.compile("([0-9]{1,5})/([0-9]{1,5})");
  private static final Pattern SIZE =
      Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,3})?)([KMGT])(?:i?B)?", Pattern.CASE_INSENSITIVE);

  @Override
  public DataSubset convert(String text) {
    Matcher share = SHARE.matcher(text);
    if (share.matches()) {
      double percent = Double.parseDouble(share.group(1));
      if (percent > 0 && percent <= 100) {
        return new DataSubset.Share(percent / 100);
      }
    }
    Matcher part = PART.matcher(text);
    if (part.matches()) {
      int number = Integer.parseInt(part.group(1));
      int parts = Integer.parseInt(part.group(2));
      if (number >= 1 && number <= parts) {
        return new DataSubset.Part(number, parts);
      }
    }
    Matcher size = SIZE.matcher(text);
    if (size.matches()) {
      int power = 10 * (1 + "KMGT".indexOf(Character.toUpperCase(size.group(2).charAt(0))));
      long bytes = (long) (Double.parseDouble(size.group(1)) * (1L << power));
      if (bytes > 0) {
        return new DataSubset.Size(bytes);
      }
    }
    throw new TypeConversionException(
        "'"
            + text
            + "' is no part of all data: write 5% (up to 100%), 3/10 (the third of ten"
            + " parts) or 20G");
  }
}
