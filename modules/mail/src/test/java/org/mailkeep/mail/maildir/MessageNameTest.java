package org.mailkeep.mail.maildir;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailkeep.model.FileName;

class MessageNameTest {

  private static MessageName name(String text) {
    return MessageName.of(FileName.of(text));
  }

  @ParameterizedTest
  @CsvSource({
    "'1.2.host',                        '1.2.host',          ''",
    "'1.2.host:2,',                     '1.2.host',          ''",
    "'1.2.host,S=12:2,FS',              '1.2.host,S=12',     'FS'",
    "'1.2.host!2,S',                    '1.2.host',          'S'",
    "'1.2.host;2,RS',                   '1.2.host',          'RS'",
    "'1.2!3.host;x',                    '1.2!3.host;x',      ''",
    "'1.2.host:2,Sab,more',             '1.2.host',          'Sab'",
    "'1.2.host:1,experimental',         '1.2.host',          ''",
    "':2,S',                            '',                  'S'",
  })
  void a_name_is_a_base_name_and_flags(String name, String base, String flags) {
    assertThat(name(name).baseName()).isEqualTo(FileName.of(base));
    assertThat(name(name).flags()).isEqualTo(flags);
  }

  @Test
  void a_flag_change_keeps_base_name_and_hash() {
    FileName before = FileName.of("1.M2P3.host,S=4,W=5");
    FileName after = FileName.of("1.M2P3.host,S=4,W=5:2,RS");
    assertThat(MessageName.sameBase(before, after)).isTrue();
    assertThat(MessageName.baseHash(before)).isEqualTo(MessageName.baseHash(after));
    FileName other = FileName.of("1.M2P3.host,S=4,W=6:2,RS");
    assertThat(MessageName.sameBase(after, other)).isFalse();
    assertThat(MessageName.baseHash(after)).isNotEqualTo(MessageName.baseHash(other));
  }

  @Test
  void sizes_are_read_from_the_base_name_alone() {
    assertThat(name("1.2.h,S=123,W=456:2,S").size()).hasValue(123);
    assertThat(name("1.2.h,S=123,W=456:2,S").wireSize()).hasValue(456);
    assertThat(name("1.2.h:2,S,S=9").size()).isEmpty();
    assertThat(name("1.2.h,S=").size()).isEmpty();
    assertThat(name("1.2.h,S=12x").size()).isEmpty();
    assertThat(name("1.2.h,S=12345678901234567890").size()).isEmpty();
  }

  @Test
  void flags_are_asked_for_and_set() {
    assertThat(name("a:2,FS").has('S')).isTrue();
    assertThat(name("a:2,FS").has('T')).isFalse();
    assertThat(name("a").has('a')).isFalse();
    assertThat(name("a").hasInfo()).isFalse();
    assertThat(name("a:2,").hasInfo()).isTrue();
    assertThat(name("a").withFlags("SF")).isEqualTo(FileName.of("a:2,FS"));
    assertThat(name("a!2,T").withFlags("SS")).isEqualTo(FileName.of("a!2,S"));
  }

  @Test
  void bytes_that_are_no_text_survive() {
    byte[] raw = {'1', (byte) 0xff, '.', 'h', ':', '2', ',', 'S'};
    FileName base = FileName.of(raw, 0, 4);
    assertThat(MessageName.of(FileName.of(raw)).baseName()).isEqualTo(base);
    assertThat(MessageName.of(base).withFlags("S")).isEqualTo(FileName.of(raw));
  }

  @Test
  void names_with_a_leading_dot_are_no_messages() {
    assertThat(MessageName.isMessage(FileName.of(".nfs123"))).isFalse();
    assertThat(MessageName.isMessage(FileName.of("1.2.h"))).isTrue();
  }
}
