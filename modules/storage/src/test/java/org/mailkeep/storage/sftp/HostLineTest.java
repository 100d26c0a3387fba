package org.mailkeep.storage.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailkeep.storage.sftp.HostLine.Mark;

class HostLineTest {

  private static final String KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0x1TQ0rcBeYFqTkBWnqnGyaUvCAHpYjkmWpGbUO3yi";
  private static final SftpFolder USUAL = SftpFolder.parse("sftp://u@h.example/mail");
  private static final SftpFolder OTHER = SftpFolder.parse("sftp://u@h.example:2222/mail");

  private static HostLine line(String names) {
    return HostLine.parse(names + " " + KEY).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "h.example true false",
        "H.Example true false",
        "[h.example]:2222 false true",
        "[h.example]:* false true",
        "[h?example]:2222 false true",
        "* true true",
        "*.example true false",
        "h.exampl? true false",
        "h.example? false false",
        "h.exampleX false false",
        "x.example,h.example true false",
        "h.example,!h.* false false",
        "!h.*,h.example false false",
        "!x.example,h.example true false",
        "!x.example false false",
        "h.example,[h.example]:2222 true true",
        "|1|F1E1KeoE/eEWhi10WpGv4OdiO6Y=|3988QV0VE8wmZL7suNrYQLITLCg= false false",
        "|1|rubbish false false",
        "|2|x|y false false",
      })
  void names_are_matched_as_by_ssh(String names, boolean usual, boolean other) {
    assertThat(line(names).isAbout(USUAL)).isEqualTo(usual);
    assertThat(line(names).isAbout(OTHER)).isEqualTo(other);
  }

  @Test
  void a_pattern_means_what_the_same_regular_expression_means() {
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      String pattern = text(random, "ab*?");
      String name = text(random, "ab");
      String expression =
          pattern
              .chars()
              .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Character.toString(c))
              .collect(Collectors.joining());
      assertThat(HostLine.matches(pattern, name))
          .as("%s for %s", pattern, name)
          .isEqualTo(Pattern.matches(expression, name));
    }
  }

  private static String text(Random random, String letters) {
    return random
        .ints(random.nextInt(8), 0, letters.length())
        .mapToObj(i -> letters.substring(i, i + 1))
        .collect(Collectors.joining());
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "*e", "e*", "?*"})
  void a_hundred_stars_take_no_time(String part) {
    HostLine stars = line("h." + part.repeat(100) + "!");
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(5), () -> assertThat(stars.isAbout(USUAL)).isFalse());
  }

  @Test
  void marks_are_read() {
    assertThat(line("@revoked h.example").mark()).isEqualTo(Mark.REVOKED);
    assertThat(line("@cert-authority\t*").mark()).isEqualTo(Mark.AUTHORITY);
    assertThat(line("h.example").mark()).isEqualTo(Mark.TRUSTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "# h.example ssh-ed25519 AAAA",
        "h.example",
        "h.example ssh-ed25519",
        "h.example ssh-ed25519 ????",
        "@revoked",
        "@trusted h.example " + KEY,
        "@ h.example " + KEY,
      })
  void what_ssh_passes_over_is_passed_over(String line) {
    assertThat(HostLine.parse(line)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", " root@h", "\t\u00c3\u0085land", " \u00ff\u00a0\u0000"})
  void a_remark_may_be_anything(String remark) {
    assertThat(HostLine.parse("h.example " + KEY + remark))
        .hasValueSatisfying(line -> assertThat(line.isAbout(USUAL)).isTrue());
  }
}
