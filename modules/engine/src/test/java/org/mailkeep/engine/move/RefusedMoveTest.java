package org.mailkeep.engine.move;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mailkeep.engine.account.OwnershipRequest;
import org.mailkeep.engine.restore.RestoreSettings;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.repository.snapshot.Snapshot;

/** Moves that would do harm, or of which not enough is known: nothing is written. */
class RefusedMoveTest extends DomainMoveFixture {

  @Test
  void a_domain_that_is_there_already_is_refused_and_nothing_is_written() throws IOException {
    live.domain("example.com", "7/example.com", "anna");
    Map<String, String> before = live.image();
    Snapshot snapshot = snapshot();
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> move(snapshot))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("example.com is on the new server already");
    }
    assertThat(live.image()).isEqualTo(before);
  }

  @Test
  void an_alias_that_belongs_to_another_domain_there_is_refused() throws IOException {
    live.alias("example.org", "zeta.net", "zeta.net");
    Map<String, String> before = live.image();
    existing = RestoreSettings.Existing.REPLACE;
    assertThatThrownBy(() -> move(snapshot()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("example.org belongs to zeta.net");
    assertThat(live.image()).isEqualTo(before);
  }

  @Test
  void a_line_of_virtualdomains_that_says_otherwise_is_refused() throws IOException {
    live.write(VIRTUAL, "Example.com:alias-example\n");
    assertThatThrownBy(() -> move(snapshot()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("Example.com:alias-example");
    assertThat(live.at(HOME)).doesNotExist();
  }

  @Test
  void without_a_word_about_owners_it_is_refused_before_anything_is_written() {
    ownership = OwnershipRequest.EXACT;
    Map<String, String> before = live.image();
    assertThatThrownBy(() -> move(snapshot()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("vpopmail is 89 in the snapshot and 1089 here");
    assertThat(live.image()).isEqualTo(before);
  }

  @Test
  void of_several_domains_none_is_begun_while_one_is_refused() throws IOException {
    live.domain("stays.net", "stays.net", "carl");
    domains = List.of("example.com", "stays.net");
    assertThatThrownBy(() -> move(snapshot())).hasMessageContaining("stays.net is on the new");
    assertThat(live.at(HOME)).doesNotExist();
    live = newServer();
    assertThat(move(snapshot()).files()).isEqualTo(7);
    assertThat(live.read(ASSIGN)).contains("+example.com-", "+example.org-", "+stays.net-");
    assertThat(modeOf("home/vpopmail/domains/stays.net")).isEqualTo(01750);
  }

  @Test
  void a_link_on_the_way_to_the_new_place_is_not_followed_out_of_the_target() throws IOException {
    Path outside = Files.createDirectories(temp.resolve("outside"));
    Files.move(live.at("home/vpopmail/domains"), outside.resolve("domains"));
    Files.createSymbolicLink(live.at("home/vpopmail/domains"), outside.resolve("domains"));
    assertThatThrownBy(() -> move(snapshot()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("is a link");
    assertThat(outside.resolve("domains/example.com")).doesNotExist();
  }

  @Test
  void wrong_names_are_told_with_the_right_ones() {
    Snapshot snapshot = snapshot();
    domains = List.of("example.net");
    assertThatThrownBy(() -> plan(snapshot))
        .isInstanceOfSatisfying(
            NotFoundException.class,
            e -> assertThat(e.advice()).contains("example.com, stays.net"));
    domains = List.of("example.org");
    assertThatThrownBy(() -> plan(snapshot))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("another name of example.com");
  }

  @Test
  void a_missing_program_is_told_before_anything_is_written() throws IOException {
    programs();
    Files.delete(live.at("home/vpopmail/bin/vmkpasswd"));
    finish = true;
    assertThatThrownBy(() -> move(snapshot()))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("vmkpasswd");
    assertThat(live.at(HOME)).doesNotExist();
  }
}
