package org.mailkeep.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.UsageException;

class PathPatternTest {

  private static boolean matches(String pattern, String path) {
    return PathPattern.of(pattern).matches(RawPath.of(path));
  }

  @ParameterizedTest(name = "{0} fits {1}")
  @CsvSource(
      delimiter = ' ',
      value = {
        "/home/a /home/a",
        "/home/a/ /home/a",
        "a /home/a",
        "*.tmp /x/y.tmp",
        "*.tmp /.tmp",
        "b/*.tmp /a/b/c.tmp",
        "/a/*/c /a/b/c",
        "/a/**/c /a/c",
        "/a/**/c /a/b/b/c",
        "/a/** /a/b/c",
        "/**/cur /domains/d/u/Maildir/cur",
        "** /a/b",
        "a** /x/ab/c",
        "a?c /abc",
        "? /é",
        "? /📧",
        "📧* /x/📧s",
        "[a-c]1 /b1",
        "[!a-c]1 /d1",
        "[^a-c]1 /d1",
        "[!]a]x /bx",
        "[]a]x /]x",
        "[a-]x /-x",
        "[a&&b]x /&x",
        "[\\]]x /]x",
        "[^]x /[^]x",
        "[] /[]",
        "[ab /[ab",
        "\\*.c /*.c",
        "\\[a] /[a]",
        "a\\ /a\\",
        "a.c(d)+{2}|$^ /a.c(d)+{2}|$^",
        "\\\\E.\\\\Q /\\E.\\Q",
        "1234.mx,S=1:2,S /new/1234.mx,S=1:2,S",
        "/ /",
      })
  void a_pattern_fits(String pattern, String path) {
    assertThat(matches(pattern, path)).isTrue();
    // Neither the quick look at the name nor that at the folders above may miss what fits.
    PathPattern quick = PathPattern.of(pattern);
    RawPath above = RawPath.ROOT;
    for (FileName name : RawPath.of(path).names()) {
      assertThat(quick.mayMatchBelow(above)).isTrue();
      above = above.resolve(name);
    }
    RawPath.of(path).names().stream()
        .skip(Math.max(0, RawPath.of(path).names().size() - 1))
        .forEach(
            last -> {
              assertThat(quick.mayMatchName(last.bytes(), last.length())).isTrue();
              assertThat(quick.isForNames() && !quick.matchesName(last)).isFalse();
            });
  }

  @ParameterizedTest(name = "{0} does not fit {1}")
  @CsvSource(
      delimiter = ' ',
      value = {
        "/home/a /x/home/a",
        "/home/a /home/a/b",
        "a /home/ab",
        "*.tmp /x.tmp/y",
        "/a/*/c /a/b/b/c",
        "/a/*/c /a/c",
        "/a/** /a",
        "/a/**/c /a/bc",
        "a?c /ac",
        "a?c /x/a/c",
        "a[!b]c /x/a/c",
        "a[+-9]c /x/a/c",
        "[!]a]x /ax",
        "[!]a]x /]x",
        "[a-c]1 /d1",
        "\\*.c /a.c",
        "a.c /abc",
        "/ /a",
      })
  void a_pattern_does_not_fit(String pattern, String path) {
    assertThat(matches(pattern, path)).isFalse();
  }

  @Test
  void line_feeds_and_bytes_that_are_no_text_are_characters_like_others() {
    assertThat(matches("a*b", "/a\nb")).isTrue();
    assertThat(matches("a?b", "/a\nb")).isTrue();
    assertThat(matches("/x/**", "/x/a\n/b")).isTrue();
    assertThat(matches("a[!x]b", "/a\nb")).isTrue();
    assertThat(matches("a?b", "/a\udcfcb")).isTrue();
    assertThat(matches("a\udcfcb", "/a\udcfcb")).isTrue();
    assertThat(matches("a[\udcf0-\udcff]b", "/a\udcfcb")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[z-a]", "x[9-0]y"})
  void a_range_that_ends_before_it_begins_is_a_mistake_of_the_users(String pattern) {
    assertThatThrownBy(() -> PathPattern.of(pattern))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(pattern);
  }

  @Test
  void a_pattern_is_shown_as_it_was_written() {
    assertThat(PathPattern.of("*.tmp/")).hasToString("*.tmp/");
  }

  @Test
  void folders_that_cannot_lead_to_a_match_are_known() {
    PathPattern pattern = PathPattern.of("/home/*/cur/1*");
    assertThat(pattern.mayMatchBelow(RawPath.of("/home/a"))).isTrue();
    assertThat(pattern.mayMatchBelow(RawPath.of("/home/a/cur"))).isTrue();
    assertThat(pattern.mayMatchBelow(RawPath.of("/var"))).isFalse();
    assertThat(pattern.mayMatchBelow(RawPath.of("/home/a/new"))).isFalse();
    assertThat(pattern.mayMatchBelow(RawPath.of("/home/a/cur/1/2"))).isFalse();
    assertThat(PathPattern.of("cur/1*").mayMatchBelow(RawPath.of("/var"))).isTrue();
  }

  @Test
  void names_without_the_plain_part_of_a_pattern_are_known() {
    byte[] name = FileName.of("1700.mx,S=3").bytes();
    assertThat(PathPattern.of("*.mx,*").mayMatchName(name, name.length)).isTrue();
    assertThat(PathPattern.of("/a/b**/x/*mx*").mayMatchName(name, name.length)).isTrue();
    assertThat(PathPattern.of("*.mx").mayMatchName(name, name.length)).isTrue();
    assertThat(PathPattern.of("*.my*").mayMatchName(name, name.length)).isFalse();
    assertThat(PathPattern.of("1700.mx,S=3").mayMatchName(name, name.length - 1)).isFalse();
  }

  @Test
  void twenty_stars_take_no_longer_than_one() {
    String name = "a".repeat(250);
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          assertThat(matches("*a".repeat(20) + "b", "/" + name)).isFalse();
          assertThat(matches("**/a*".repeat(20) + "b", ("/" + name).repeat(15))).isFalse();
          assertThat(matches("*a".repeat(20), "/" + name)).isTrue();
        });
  }
}
