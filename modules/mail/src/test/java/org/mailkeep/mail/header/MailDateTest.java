package org.mailkeep.mail.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailkeep.testkit.property.Property;

class MailDateTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Fri, 20 Nov 2026 14:03:05 +0100 | 2026-11-20T13:03:05Z",
        "20 Nov 2026 14:03 -0330 | 2026-11-20T17:33:00Z",
        "Fri, 20 Nov 2026 14:03:05 GMT | 2026-11-20T14:03:05Z",
        "Fri, 20 Nov 2026 14:03:05 EST | 2026-11-20T19:03:05Z",
        "Fri, 20 Nov 2026 14:03:05 -0000 (Unknown (odd) zone) | 2026-11-20T14:03:05Z",
        "Fri(day), 20 Nov(ember) 2026 14:03:05 +0000 | 2026-11-20T14:03:05Z",
        "1 Jan 99 0:0:0 +0000 | 1999-01-01T00:00:00Z",
        "1 Jan 26 0:0:0 +0000 | 2026-01-01T00:00:00Z",
        "1-Jan-1999 10:00:00 +0000 | 1999-01-01T10:00:00Z",
        "Tue Nov 15 12:45:26 1994 | 1994-11-15T12:45:26Z",
        "Tue, 15 November 1994 12:45:26 | 1994-11-15T12:45:26Z",
        "31 Dec 2016 23:59:60 +0000 | 2016-12-31T23:59:59Z",
        "15 Nov 1994 | 1994-11-15T00:00:00Z"
      })
  void dates_are_read_as_programs_write_them(String text, Instant moment) {
    assertThat(MailDate.parse(text)).contains(moment);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "Fri, 20 Nov",
        "31 Feb 2026 10:00:00 +0000",
        "20 Nov 2026 25:00:00 +0000",
        "20 Nov 2026 10:xx:00 +0000",
        "20 Nov 9999 10:00:00 +0000",
        "20 Nov 1950 10:00:00 +0000",
        "20 Nov 2026 10:00:00 +9999"
      })
  void what_is_no_date_is_none(String text) {
    assertThat(MailDate.parse(text)).isEmpty();
  }

  @Test
  void any_text_is_a_date_of_these_centuries_or_none() {
    Property.check(
        5000,
        draw -> {
          String text =
              String.join(
                  draw.pick(" ", "", "-", ":", ","),
                  draw.list(
                      d ->
                          d.pick(
                              String.valueOf(d.length(9999)),
                              "Jan",
                              "+",
                              "-",
                              "(",
                              ")",
                              "::",
                              new String(d.bytes(5), StandardCharsets.ISO_8859_1))));
          MailDate.parse(text)
              .ifPresent(
                  date ->
                      assertThat(date)
                          .isBetween(
                              Instant.parse("1969-12-31T00:00:00Z"),
                              Instant.parse("2200-01-02T00:00:00Z")));
        });
  }
}
