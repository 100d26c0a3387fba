package org.mailkeep.mail.qmail;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RcptHostsTest {

  private static ControlFile domains(int count) {
    return ControlFile.of(
        IntStream.range(0, count)
            .mapToObj(i -> "d" + (1000 + i) + ".example\n")
            .collect(Collectors.joining())
            .getBytes(US_ASCII));
  }

  @Test
  void from_fifty_lines_on_domains_go_to_morercpthosts() {
    RcptHosts hosts =
        new RcptHosts(domains(49), ControlFile.EMPTY)
            .with(List.of("a.example", "b.example", "c.example"));
    assertThat(hosts.rcpthosts().has("a.example")).isTrue();
    assertThat(hosts.rcpthosts().lines()).isEqualTo(50);
    assertThat(hosts.more().entries()).containsExactly("b.example", "c.example");
  }

  @Test
  void what_one_of_them_has_is_added_to_neither() {
    ControlFile more = ControlFile.EMPTY.with(List.of("a.example"));
    RcptHosts hosts = new RcptHosts(domains(3), more);
    RcptHosts with = hosts.with(List.of("A.example", "d1001.example"));
    assertThat(with.rcpthosts().bytes()).isEqualTo(hosts.rcpthosts().bytes());
    assertThat(with.more().bytes()).isEqualTo(more.bytes());
  }
}
