package org.mailkeep.engine.archive;

import org.mailkeep.model.encoding.MalformedException;

/**
 * A time as PAX writes it: seconds since 1970 with a decimal fraction, perhaps negative.
 *
 * @param seconds the whole seconds, rounded down
 * @param nanos nanoseconds to add, 0 to 999,999,999
 */
record PaxTime(long seconds, int nanos) {

  private static final int DIGITS = 9;
  private static final int BILLION = 1_000_000_000;

  /** The shortest text that says it exactly. */
  String text() {
    boolean negative = seconds < 0;
    long whole = negative && nanos > 0 ? -(seconds + 1) : Math.abs(seconds);
    int fraction = negative && nanos > 0 ? BILLION - nanos : nanos;
    String text = (negative ? "-" : "") + Long.toUnsignedString(whole);
    if (fraction == 0) {
      return text;
    }
    String digits = Integer.toString(BILLION + fraction).substring(1);
    return text + "." + digits.replaceFirst("0+$", "");
  }

  /**
   * Reads a text; digits beyond nanoseconds are cut off.
   *
   * @throws MalformedException where it is no time
   */
  static PaxTime of(String text) {
    boolean negative = text.startsWith("-");
    int dot = text.indexOf('.');
    String whole = text.substring(negative ? 1 : 0, dot < 0 ? text.length() : dot);
    String digits = dot < 0 ? "" : text.substring(dot + 1);
    if (!isDigits(whole) || whole.isEmpty() || whole.length() > 18 || !isDigits(digits)) {
      throw new MalformedException("'" + text + "' as a time");
    }
    long seconds = Long.parseLong(whole);
    int nanos = Integer.parseInt((digits + "0".repeat(DIGITS)).substring(0, DIGITS));
    if (!negative) {
      return new PaxTime(seconds, nanos);
    }
    return nanos == 0 ? new PaxTime(-seconds, 0) : new PaxTime(-seconds - 1, BILLION - nanos);
  }

  private static boolean isDigits(String text) {
    return text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
