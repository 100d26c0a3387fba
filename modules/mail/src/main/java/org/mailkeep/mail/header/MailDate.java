package org.mailkeep.mail.header;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringTokenizer;

/**
 * Reads dates of headers: those of RFC 5322, 3.3 and 4.3, and what programs write instead, such as
 * {@code 1-Jan-99} or {@code Tue Nov 15 12:45:26 1994}. Words may stand in any order; what is not
 * understood is passed over. For one date.
 */
final class MailDate {

  /** No real date is longer, comments included. */
  private static final int MAX_LENGTH = 200;

  private static final int EARLIEST_YEAR = 1970;
  private static final int LATEST_YEAR = 2199;
  private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

  /** RFC 5322, 4.3: hours behind UTC. */
  private static final Map<String, Integer> ZONES =
      Map.of(
          "EST", -5, "EDT", -4, "CST", -6, "CDT", -5, "MST", -7, "MDT", -6, "PST", -8, "PDT", -7);

  private int day = -1;
  private int month = -1;
  private int year = -1;
  private int hour = -1;
  private int minute;
  private int second;
  private int offsetMinutes;

  private MailDate() {}

  /** The moment, if it is one of the years from 1970 to 2199. */
  static Optional<Instant> parse(String text) {
    MailDate date = new MailDate();
    String start = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text;
    StringTokenizer words = new StringTokenizer(withoutComments(start), " \t,");
    while (words.hasMoreTokens()) {
      date.take(words.nextToken());
    }
    return date.moment();
  }

  private static String withoutComments(String text) {
    if (text.indexOf('(') < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '(' ? 1 : 0;
      out.append(depth > 0 ? ' ' : c);
      depth -= c == ')' && depth > 0 ? 1 : 0;
    }
    return out.toString();
  }

  private void take(String word) {
    char first = word.charAt(0);
    if (word.indexOf(':') > 0) {
      takeTime(word);
    } else if ((first == '+' || first == '-') && number(word.substring(1)) >= 0) {
      takeOffset(word);
    } else if (word.indexOf('-') > 0) {
      for (String part : word.split("-", 4)) {
        takeWord(part);
      }
    } else {
      takeWord(word);
    }
  }

  private void takeWord(String word) {
    int number = number(word);
    if (number < 0) {
      takeName(word);
    } else if (day < 0 && word.length() <= 2) {
      day = number;
    } else if (year < 0) {
      year = year(number, word.length());
    }
  }

  /** RFC 5322, 4.3. */
  private static int year(int number, int digits) {
    return digits > 3 ? number : number + (digits == 3 || number >= 50 ? 1900 : 2000);
  }

  private void takeName(String word) {
    if (word.length() < 3) {
      return;
    }
    int place = MONTHS.indexOf(word.substring(0, 3).toLowerCase(Locale.ROOT));
    if (month < 0 && place >= 0 && place % 3 == 0) {
      month = place / 3 + 1;
    } else if (word.length() == 3) {
      Integer zone = ZONES.get(word.toUpperCase(Locale.ROOT));
      offsetMinutes = zone != null ? zone * 60 : offsetMinutes;
    }
  }

  private void takeTime(String word) {
    int first = word.indexOf(':');
    int next = word.indexOf(':', first + 1);
    int end = next < 0 ? -1 : word.indexOf(':', next + 1);
    hour = number(word.substring(0, first));
    minute = number(word.substring(first + 1, next < 0 ? word.length() : next));
    // A leap second has no moment of its own.
    second =
        next < 0
            ? 0
            : Math.min(59, number(word.substring(next + 1, end < 0 ? word.length() : end)));
  }

  private void takeOffset(String word) {
    int number = number(word.substring(1));
    int minutes = number / 100 * 60 + number % 100;
    offsetMinutes = word.charAt(0) == '-' ? -minutes : minutes;
  }

  /** The number of up to six digits that a text is, or -1. */
  private static int number(String digits) {
    if (digits.isEmpty() || digits.length() > 6) {
      return -1;
    }
    int number = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  private Optional<Instant> moment() {
    if (year < EARLIEST_YEAR || year > LATEST_YEAR || Math.abs(offsetMinutes) > 24 * 60) {
      return Optional.empty();
    }
    try {
      LocalDateTime local = LocalDateTime.of(year, month, day, Math.max(0, hour), minute, second);
      return Optional.of(local.minusMinutes(offsetMinutes).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
