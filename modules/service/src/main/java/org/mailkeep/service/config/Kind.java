package org.mailkeep.service.config;

import java.util.regex.Pattern;
import org.mailkeep.service.schedule.Schedule;
import org.mailkeep.service.schedule.Span;

/** What the values of a key are. */
enum Kind {
  TEXT("a text, such as \"mail\"", "(?s).+"),
  WORD("a word of letters, digits, dots, hyphens and underscores", "[A-Za-z0-9][A-Za-z0-9._-]*"),
  PLACE("a folder, sftp://user@host/path, s3://bucket/prefix or s3:https://host/bucket", "\\S.*"),
  PATH("a path from the root on, such as \"/srv/mail\"", "/.*"),
  SECRET_FILE(
      "a file that has the secret, such as \"/etc/mailkeep/password\", or \"credential:NAME\"",
      "/.*|credential:[A-Za-z0-9._-]+"),
  COMMAND("a command for /bin/sh", "(?s).*\\S.*"),
  URL("an address, such as \"https://example.com/x\"", "https?://[^\\s\"]+"),
  ADDRESS("an address of e-mail, such as \"root\" or \"ops@example.com\"", "[^\\s,<>\"]+"),
  COUNT("a whole number, 1 or more", "[1-9][0-9]{0,8}"),
  NUMBER("a whole number", "[0-9]{1,9}"),
  PERCENT("a whole number from 0 to 100", "[0-9]{1,2}|100"),
  TRUTH("true or false", "true|false"),
  RATE("a number of bytes a second, such as \"500K\" or \"2M\"", "[0-9.]+ ?[KMGkmg](i?[Bb])?(/s)?"),
  PART(
      "a part of all data, such as \"5%\", \"3/10\" or \"20G\"",
      "[0-9.]+ ?%|[0-9]+/[0-9]+|[0-9.]+[KMGT](i?B)?"),
  ALARM("a share of the files, such as \"20\", or \"off\"", "off|[0-9]{1,2}%?|100%?"),
  EFFORT("one of \"fast\", \"default\" and \"best\"", "fast|default|best"),
  SCAN("one of \"auto\" and \"full\"", "auto|full"),
  LOCK("one of \"governance\" and \"compliance\"", "governance|compliance"),
  EVENT(
      "one of \"before\", \"after\", \"success\" and \"failure\"", "before|after|success|failure"),
  STEP(
      "one of \"backup\", \"copy\", \"forget\", \"prune\", \"check\" and \"run\"",
      "backup|copy|forget|prune|check|run"),
  GROUP("one of \"host\", \"paths\", \"tags\" and \"none\"", "host|paths|tags|none"),
  SPAN("a length of time, such as \"30m\", \"1h\", \"7d\" or \"4w\"", ".*") {
    @Override
    boolean fits(String text) {
      return Span.parse(text).isPresent();
    }
  },
  MOMENT(
      "a time, such as \"02:30\", \"Sun 02:30\", \"Mon,Thu 02:30\", or \"1 02:30\" for the first of the month",
      ".*") {
    @Override
    boolean fits(String text) {
      return Schedule.At.parse(text).isPresent();
    }
  };

  private final String expected;
  private final Pattern pattern;

  Kind(String expected, String pattern) {
    this.expected = expected;
    this.pattern = Pattern.compile(pattern);
  }

  /** What is expected, for a person. */
  String expected() {
    return expected;
  }

  /** Whether a text is such a value. */
  boolean fits(String text) {
    return pattern.matcher(text).matches();
  }

  /** Whether TOML has it as a number. */
  boolean isNumber() {
    return this == COUNT || this == NUMBER || this == PERCENT;
  }
}
