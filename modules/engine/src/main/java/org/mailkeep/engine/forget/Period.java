package org.mailkeep.engine.forget;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How the newest snapshots of hours, days and so on are told apart; from the longest. */
public enum Period {
  /** Of each year. */
  YEARLY("uuuu", 'Y'),
  /** Of each month. */
  MONTHLY("uuuu-MM", 'M'),
  /** Of each week, which begins on Monday (ISO 8601). */
  WEEKLY("YYYY-'W'ww", 'W'),
  /** Of each day. */
  DAILY("uuuu-MM-dd", 'D'),
  /** Of each hour. */
  HOURLY("uuuu-MM-dd HH xx", 'H'),
  /** Each. */
  LAST("uuuu-MM-dd HH:mm:ss.n", 'L');

  private final DateTimeFormatter format;
  private final char letter;

  Period(String pattern, char letter) {
    // German weeks are those of ISO 8601.
    this.format = DateTimeFormatter.ofPattern(pattern, Locale.GERMANY);
    this.letter = letter;
  }

  /** The letter that stands for it in a calendar. */
  public char letter() {
    return letter;
  }

  /** What this moment has in common with others in the same period. */
  String of(ZonedDateTime time) {
    return format.format(time);
  }
}
