package org.mailkeep.model;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Sizes, counts and times for people. */
public final class Units {

  private static final String[] PREFIXES = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  private Units() {}

  /** Bytes with a binary prefix and three digits or so: {@code 4.48 GiB}. */
  public static String size(long bytes) {
    double value = bytes;
    int prefix = 0;
    while (value >= 1024 && prefix < PREFIXES.length - 1) {
      value /= 1024;
      prefix++;
    }
    String format = prefix == 0 ? "%.0f %s" : value < 10 ? "%.2f %s" : "%.1f %s";
    return String.format(Locale.ROOT, format, value, PREFIXES[prefix]);
  }

  /** A number in groups of three digits: {@code 102,706}. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** A number with the noun that it needs: {@code 1 file}, {@code 2 files}. */
  public static String count(long number, String singular) {
    return count(number) + " " + singular + (number == 1 ? "" : "s");
  }

  /** A time span: {@code 0.42 s}, {@code 12 s}, {@code 3:07 min}, {@code 1:02:03 h}. */
  public static String duration(Duration duration) {
    double seconds = duration.toNanos() / 1e9;
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.2f s", seconds);
    }
    if (seconds < 100) {
      return String.format(Locale.ROOT, "%.0f s", seconds);
    }
    if (seconds < 3600) {
      return String.format(
          Locale.ROOT, "%d:%02d min", duration.toMinutes(), duration.toSecondsPart());
    }
    return String.format(
        Locale.ROOT,
        "%d:%02d:%02d h",
        duration.toHours(),
        duration.toMinutesPart(),
        duration.toSecondsPart());
  }

  /** A long time span: {@code 12 days}, {@code 5 hours}, {@code 3 minutes}. */
  public static String age(Duration duration) {
    if (duration.toDays() >= 2) {
      return count(duration.toDays() + 1, "day");
    }
    return duration.toHours() >= 2
        ? count(duration.toHours() + 1, "hour")
        : count(duration.toMinutes() + 1, "minute");
  }

  /** How long ago a moment was: {@code 3 days}, {@code 5 hours}, {@code 12 min}. */
  public static String since(Instant time, Instant now) {
    Duration age = Duration.between(time, now);
    if (age.toDays() >= 2) {
      return age.toDays() + " days";
    }
    return age.toHours() >= 2 ? age.toHours() + " hours" : age.toMinutes() + " min";
  }

  /** A moment in the local time zone, to the second. */
  public static String time(Instant instant) {
    return TIME.format(instant.atZone(ZoneId.systemDefault()));
  }

  /** A rate: {@code 210 MiB/s}. */
  public static String rate(long bytes, Duration duration) {
    double seconds = Math.max(0.001, duration.toNanos() / 1e9);
    return size((long) (bytes / seconds)) + "/s";
  }
}
