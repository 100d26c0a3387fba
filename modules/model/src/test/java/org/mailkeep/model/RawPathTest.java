package org.mailkeep.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailkeep.testkit.property.Draw;
import org.mailkeep.testkit.property.Property;

final class RawPathTest {

  @ParameterizedTest
  @CsvSource({
    "/,/",
    "//,/",
    "/./,/",
    "/.,/",
    "'',.",
    ".,.",
    "./,.",
    "././.,.",
    "a,a",
    "./a,a",
    "a/,a",
    "a//b,a/b",
    "a/./b,a/b",
    "/a//./b///,/a/b",
    "..,..",
    "../a,../a",
    "/..,/..",
    "a/../b,a/../b",
    ".a,.a",
    "a/...,a/...",
    "/.a/b.,/.a/b."
  })
  void repeated_and_trailing_slashes_and_dots_are_dropped(String given, String path) {
    assertThat(RawPath.of(given).text()).isEqualTo(path);
    assertThat(RawPath.of(given)).isEqualTo(RawPath.of(path)).hasSameHashCodeAs(RawPath.of(path));
  }

  @Test
  void making_a_path_of_a_path_changes_nothing() {
    Property.check(
        500,
        draw -> {
          RawPath path = RawPath.of(bytes(draw));
          assertThat(RawPath.of(path.bytes())).isEqualTo(path);
          assertThat(RawPath.of(path.text())).isEqualTo(path);
        });
  }

  @Test
  void a_path_is_its_names_joined() {
    Property.check(
        500,
        draw -> {
          RawPath path = RawPath.of(bytes(draw));
          assertThat(path.names()).noneMatch(name -> name.is("") || name.is("."));
          RawPath joined = path.isAbsolute() ? RawPath.ROOT : RawPath.of(".");
          for (FileName name : path.names()) {
            joined = joined.resolve(name);
          }
          assertThat(joined).isEqualTo(path);
        });
  }

  private static byte[] bytes(Draw draw) {
    StringBuilder text = new StringBuilder();
    for (int left = draw.length(12); left > 0; left--) {
      text.append(draw.pick("/", "/", ".", "..", "a", "bc", "\udcff", "ü"));
    }
    return RawText.encode(text.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "/,a,/a",
    "/a,b,/a/b",
    ".,a,a",
    "a,b/c,a/b/c",
    "/x,/a/b,/x/a/b",
    "/x,.,/x",
    "/x,/,/x",
    "/x,../y,/x/../y",
    ".,..,.."
  })
  void a_path_can_be_put_below_another(String above, String below, String path) {
    assertThat(RawPath.of(above).resolve(RawPath.of(below)).text()).isEqualTo(path);
  }

  @ParameterizedTest
  @CsvSource({
    "/a/b,/a,true",
    "/a,/a,true",
    "/ab,/a,false",
    "/a,/,true",
    "/,/a,false",
    "a/b,a,true",
    "a,/,false",
    "/a,a,false",
    "a,.,true",
    "/a,.,false"
  })
  void a_path_starts_with_whole_names_only(String path, String ancestor, boolean starts) {
    assertThat(RawPath.of(path).startsWith(RawPath.of(ancestor))).isEqualTo(starts);
  }

  @Test
  void the_names_of_the_root_and_of_here_are_none() {
    assertThat(RawPath.ROOT.names()).isEmpty();
    assertThat(RawPath.of(".").names()).isEmpty();
    assertThat(RawPath.of("/home/vpopmail").names())
        .isEqualTo(List.of(FileName.of("home"), FileName.of("vpopmail")));
  }

  @Test
  void a_path_keeps_its_bytes_to_itself() {
    byte[] bytes = {'/', 'a'};
    RawPath path = RawPath.of(bytes);
    bytes[1] = 'b';
    path.bytes()[1] = 'c';
    assertThat(path.text()).isEqualTo("/a");
    RawPath.ROOT.bytes()[0] = 'x';
    assertThat(RawPath.of("/").text()).isEqualTo("/");
  }

  @Test
  void a_path_is_shown_without_what_a_terminal_would_obey() {
    assertThat(RawPath.of("/a\n/\udcfe")).hasToString("/a\\n/\\xfe");
  }

  @Test
  void paths_have_the_order_of_unsigned_bytes() {
    assertThat(RawPath.of("/z")).isLessThan(RawPath.of("/\udcff"));
    assertThat(RawPath.of("/a")).isLessThan(RawPath.of("/a/b"));
  }

  @ParameterizedTest
  @CsvSource({"/a/b/c,/a/b", "/a,/", "/,/", "a/b,a", "a,.", ".,."})
  void a_path_has_a_parent_and_the_root_is_its_own(String path, String parent) {
    assertThat(RawPath.of(path).parent()).isEqualTo(RawPath.of(parent));
  }
}
