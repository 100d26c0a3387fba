package org.mailkeep.mail.qmail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControlFileTest {

  private static ControlFile file(String text) {
    return ControlFile.of(text.getBytes(ISO_8859_1));
  }

  private static String text(ControlFile file) {
    return new String(file.bytes(), ISO_8859_1);
  }

  @Test
  void remarks_blanks_and_case_mean_nothing() {
    ControlFile file = file("# example.net\n\nExample.com \t\nexample.org\n");
    assertThat(file.entries()).containsExactly("Example.com", "example.org");
    assertThat(file.has("example.com")).isTrue();
    assertThat(file.has("EXAMPLE.ORG")).isTrue();
    assertThat(file.has("example.net")).isFalse();
    assertThat(file.lines()).isEqualTo(4);
  }

  @Test
  void an_entry_of_virtualdomains_is_found_by_what_stands_before_the_colon() {
    ControlFile file = file("example.com:example.com\nanna@example.com:alias-anna\n");
    assertThat(file.entriesOf("example.com")).containsExactly("example.com:example.com");
    assertThat(file.entriesOf("anna@example.com")).hasSize(1);
    assertThat(file.has("example")).isFalse();
  }

  @Test
  void what_is_added_stands_in_order_and_leaves_every_other_byte() {
    String host = "# caf\u00e9\nalpha.net \nmail.beta.net\ngamma.net";
    assertThat(text(file(host).with(List.of("beta.net"))))
        .isEqualTo("# caf\u00e9\nalpha.net \nbeta.net\nmail.beta.net\ngamma.net");
    assertThat(text(file(host).with(List.of("zz.net", "ZZ.net", "alpha.net"))))
        .isEqualTo(host + "\nzz.net\n");
    assertThat(text(file(host).with(List.of("ALPHA.NET")))).isEqualTo(host);
    assertThat(text(ControlFile.EMPTY.with(List.of("a.net:a.net")))).isEqualTo("a.net:a.net\n");
  }

  @Test
  void a_list_in_another_order_keeps_it() {
    String host = "zeta.net\nalpha.net\n";
    List<String> lines = new ArrayList<>(List.of("zeta.net", "alpha.net"));
    String with = text(file(host).with(List.of("mid.net")));
    assertThat(with.lines().filter(line -> !line.equals("mid.net"))).isEqualTo(lines);
    assertThat(with).contains("mid.net\n");
  }

  @Test
  void only_the_very_entry_is_removed() {
    String host = "# example.com\nexample.com\nmail.example.com\nExample.com \nlocalhost";
    assertThat(text(file(host).without(List.of("example.com"))))
        .isEqualTo("# example.com\nmail.example.com\nlocalhost");
    assertThat(text(file(host).without(List.of("example.net")))).isEqualTo(host);
  }
}
