package org.mailkeep.mail.qmail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AssignFileTest {

  private static final String EXAMPLE =
      "+example.com-:example.com:89:89:/home/vpopmail/domains/0/example.com:-::";
  private static final String ALIAS =
      "+example.org-:example.com:89:89:/home/vpopmail/domains/0/example.com:-::";
  private static final String OTHER =
      "+other.net-:other.net:89:89:/home/vpopmail/domains/other.net:-::";
  private static final String HOST =
      "=anna:anna:1000:1000:/home/caf\u00e9:::\n" + EXAMPLE + "\n" + ALIAS + "\n" + OTHER + "\n.\n";

  private static AssignFile file(String text) {
    return AssignFile.of(text.getBytes(ISO_8859_1));
  }

  private static String text(AssignFile file) {
    return new String(file.bytes(), ISO_8859_1);
  }

  @Test
  void domains_are_told_from_users_and_an_alias_from_its_domain() {
    assertThat(file(HOST).domains())
        .extracting(AssignedDomain::name)
        .containsExactly("example.com", "example.org", "other.net");
    AssignedDomain alias = file(HOST).domain("example.org").orElseThrow();
    assertThat(alias.isAlias()).isTrue();
    assertThat(alias.realName()).isEqualTo("example.com");
    assertThat(alias.directory()).isEqualTo("/home/vpopmail/domains/0/example.com");
    assertThat(alias.line()).isEqualTo(ALIAS);
    assertThat(file(HOST).domain("example.com").orElseThrow().isAlias()).isFalse();
    assertThat(file(HOST).domain("ample.com")).isEmpty();
  }

  @Test
  void the_family_of_a_domain_is_it_and_all_that_share_its_name_or_directory() {
    String mislabelled =
        "+third.example-:third.example:89:89:/home/vpopmail/domains/0/example.com:-::";
    AssignFile file = file(ALIAS + "\n" + mislabelled + "\n" + HOST);
    assertThat(file.family(file.domain("example.com").orElseThrow()))
        .extracting(AssignedDomain::name)
        .containsExactly("example.com", "example.org", "third.example");
  }

  @Test
  void a_new_line_stands_where_vpopmail_puts_it_and_every_other_byte_stays() {
    String line = "+mid.net-:mid.net:89:89:/home/vpopmail/domains/mid.net:-::";
    assertThat(text(file(HOST).with(List.of(line))))
        .isEqualTo(HOST.replace(OTHER, line + "\n" + OTHER));
  }

  @Test
  void the_end_stays_the_end_and_what_stands_behind_it_too() {
    String last = "+zz.example-:zz.example:89:89:/home/vpopmail/domains/zz.example:-::";
    assertThat(text(file(OTHER + "\n.\nremark").with(List.of(last))))
        .isEqualTo(OTHER + "\n" + last + "\n.\nremark");
  }

  @Test
  void a_file_without_an_end_gets_one_and_an_empty_one_too() {
    assertThat(text(AssignFile.EMPTY.with(List.of(OTHER)))).isEqualTo(OTHER + "\n.\n");
    assertThat(text(file(EXAMPLE).with(List.of(OTHER))))
        .isEqualTo(EXAMPLE + "\n" + OTHER + "\n.\n");
  }

  @Test
  void what_is_assigned_already_is_not_assigned_again() {
    String elsewhere = OTHER.replace("/home/", "/srv/");
    assertThat(text(file(HOST).with(List.of(EXAMPLE, elsewhere)))).isEqualTo(HOST);
    assertThat(text(file(HOST).with(List.of()))).isEqualTo(HOST);
    assertThat(text(file(".").with(List.of()))).isEqualTo(".");
  }

  @Test
  void lines_that_are_no_domains_are_none() {
    for (String line :
        List.of(
            "",
            "+",
            "+:a:1:1:/h:-::",
            "=example.com-:example.com:89:89:/h:-::",
            "+nodot-:nodot:89:89:/h:-::",
            "+.com-:example.com:89:89:/h:-::",
            "+example.com:example.com:89:89:/h:-::",
            "+example.com-:example.com:89:89:relative:-::",
            "+example.com-:example.com:89:89:/h:-",
            "# +example.com-:example.com:89:89:/h:-::")) {
      assertThat(file(line + "\n.\n").domains()).as(line).isEmpty();
    }
    assertThat(file(".\n" + EXAMPLE + "\n").domains()).isEmpty();
  }
}
