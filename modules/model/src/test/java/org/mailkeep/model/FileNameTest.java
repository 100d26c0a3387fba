package org.mailkeep.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailkeep.testkit.property.Property;

final class FileNameTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "...", "..a", ".a", "a.", " ", "\n", "-rf", "cur", "\udcff", "Ü"})
  void a_directory_can_hold_any_name_without_slash_and_nul(String text) {
    assertThat(FileName.of(text).isComponent()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "/", "a/b", "../a", "a/", "a\0"})
  void a_directory_cannot_hold_a_path_or_an_empty_name_or_nul(String text) {
    assertThat(FileName.of(text).isComponent()).isFalse();
  }

  @Test
  void a_directory_can_hold_names_of_up_to_255_bytes() {
    assertThat(FileName.of("x".repeat(255)).isComponent()).isTrue();
    assertThat(FileName.of("x".repeat(256)).isComponent()).isFalse();
    assertThat(FileName.of("ü".repeat(128)).isComponent()).isFalse();
  }

  @Test
  void names_have_the_order_of_unsigned_bytes() {
    Property.check(
        500,
        draw -> {
          byte[] a = draw.bytes(draw.length(20));
          byte[] b = draw.flip() ? draw.bytes(draw.length(20)) : Arrays.copyOf(a, a.length + 1);
          int order = FileName.of(a).compareTo(FileName.of(b));
          assertThat(Integer.signum(order)).isEqualTo(Integer.signum(Arrays.compareUnsigned(a, b)));
          assertThat(FileName.of(a).equals(FileName.of(b))).isEqualTo(order == 0);
        });
    assertThat(FileName.of("z")).isLessThan(FileName.of("é"));
    assertThat(FileName.of("a")).isLessThan(FileName.of("a:2,S"));
  }

  @Test
  void equal_bytes_are_equal_names_however_they_were_made() {
    Property.check(
        200,
        draw -> {
          byte[] bytes = draw.bytes(draw.length(FileName.MAX_LENGTH));
          FileName name = FileName.of(bytes);
          byte[] padded = new byte[bytes.length + 7];
          name.copyTo(padded, 3);
          FileName part = FileName.of(padded, 3, 3 + bytes.length);
          assertThat(part).isEqualTo(name).hasSameHashCodeAs(name);
          assertThat(FileName.of(name.text())).isEqualTo(name);
          assertThat(name.bytes()).isEqualTo(bytes);
        });
  }

  @Test
  void a_name_keeps_its_bytes_to_itself() {
    byte[] bytes = {'a'};
    FileName name = FileName.of(bytes);
    bytes[0] = 'b';
    name.bytes()[0] = 'c';
    assertThat(name.is("a")).isTrue();
  }

  @Test
  void parts_of_a_name_are_found() {
    FileName name = FileName.of("1767600000.M1P2.mx,S=4711:2,S");
    assertThat(name.startsWith("17676")).isTrue();
    assertThat(name.startsWith("7676")).isFalse();
    assertThat(name.endsWith(":2,S")).isTrue();
    assertThat(name.endsWith(":2,")).isFalse();
    assertThat(name.is("1767600000.M1P2.mx,S=4711:2,S")).isTrue();
    assertThat(name.is("1767600000")).isFalse();
    assertThat(name.indexOf(':')).isEqualTo(25);
    assertThat(name.indexOf('#')).isEqualTo(-1);
    assertThat(name.at(0)).isEqualTo('1');
    assertThat(FileName.of("S").startsWith("SS")).isFalse();
    assertThat(FileName.of("S").endsWith("SS")).isFalse();
    assertThat(FileName.of(new byte[] {(byte) 0xff}).at(0)).isEqualTo(255);
  }

  @Test
  void a_name_is_shown_without_what_a_terminal_would_obey() {
    assertThat(FileName.of("a\u001b[2J\udcff")).hasToString("a\\x1b[2J\\xff");
  }
}
