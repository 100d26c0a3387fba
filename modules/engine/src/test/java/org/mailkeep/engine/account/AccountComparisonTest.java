package org.mailkeep.engine.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mailkeep.model.account.AccountFacts;
import org.mailkeep.model.snapshot.Manifest;

class AccountComparisonTest {

  private static final AccountFacts THERE =
      new FakeHost()
          .user("qmaild", 162, 161, "/var/qmail", "/bin/true")
          .user("vpopmail", 89, 89, "/home/vpopmail", "/bin/true")
          .group("nofiles", 161)
          .facts();
  private static final Manifest SNAPSHOT =
      Manifests.of(Map.of(0, "root", 89, "vpopmail", 1005, ""), Map.of(89, "vchkpw"), THERE);

  private static AccountFinding find(FakeHost host, String name) {
    return new AccountComparison(SNAPSHOT, host)
        .all().stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void the_same_name_with_the_same_number_agrees() {
    AccountFinding finding = find(new FakeHost().user("vpopmail", 89), "vpopmail");
    assertThat(finding.state()).isEqualTo(AccountFinding.State.SAME);
    assertThat(finding.isMismatch()).isFalse();
  }

  @Test
  void a_second_name_for_the_number_does_no_harm() {
    FakeHost host = new FakeHost().user("postfix", 89).user("vpopmail", 89);
    assertThat(find(host, "vpopmail").state()).isEqualTo(AccountFinding.State.SAME);
  }

  @Test
  void a_name_that_is_unknown_here_is_missing() {
    AccountFinding finding = find(new FakeHost(), "vpopmail");
    assertThat(finding.state()).isEqualTo(AccountFinding.State.MISSING);
    assertThat(finding.isMismatch()).isTrue();
    assertThat(finding.isConflict()).isFalse();
  }

  @Test
  void a_name_with_another_number_is_a_conflict() {
    AccountFinding finding =
        find(new FakeHost().user("vpopmail", 1089).user("postfix", 89), "vpopmail");
    assertThat(finding.state()).isEqualTo(AccountFinding.State.OTHER_NUMBER);
    assertThat(finding.numberHere()).hasValue(1089);
    assertThat(finding.nameHere()).contains("postfix");
    assertThat(finding.isConflict()).isTrue();
  }

  @Test
  void a_number_that_belongs_to_another_name_is_a_conflict() {
    AccountFinding user = find(new FakeHost().user("postfix", 89), "vpopmail");
    assertThat(user.state()).isEqualTo(AccountFinding.State.TAKEN);
    assertThat(user.nameHere()).contains("postfix");
    AccountFinding group = find(new FakeHost().group("postfix", 89), "vchkpw");
    assertThat(group.state()).isEqualTo(AccountFinding.State.TAKEN);
    assertThat(group.isConflict()).isTrue();
  }

  @Test
  void a_number_without_a_name_is_never_wrong() {
    AccountFinding finding = find(new FakeHost().user("bob", 1005), "");
    assertThat(finding.state()).isEqualTo(AccountFinding.State.UNNAMED);
    assertThat(finding.isMismatch()).isFalse();
    assertThat(finding.nameHere()).contains("bob");
  }

  @Test
  void accounts_of_mail_servers_count_though_they_own_nothing() {
    assertThat(find(new FakeHost().user("qmaild", 7), "qmaild").isConflict()).isTrue();
    assertThat(find(new FakeHost(), "nofiles").state()).isEqualTo(AccountFinding.State.MISSING);
  }

  @Test
  void another_own_group_or_home_is_remarked() {
    AccountFinding finding =
        find(new FakeHost().user("vpopmail", 89, 100, "/srv/vpopmail", "/bin/true"), "vpopmail");
    assertThat(finding.remarks())
        .containsExactly(
            "its own group is 100 here and was 89",
            "its home is /srv/vpopmail here and was /home/vpopmail");
    assertThat(finding.isMismatch()).isFalse();
  }

  @Test
  void only_the_owners_of_a_part_are_compared_when_only_they_are_asked_for() {
    List<AccountFinding> findings =
        new AccountComparison(SNAPSHOT, new FakeHost()).of(Set.of(0, 7), Set.of(89));
    assertThat(findings).extracting(AccountFinding::name).containsExactly("root", "", "vchkpw");
  }
}
