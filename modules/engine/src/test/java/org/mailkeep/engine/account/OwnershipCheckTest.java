package org.mailkeep.engine.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mailkeep.model.account.AccountFacts;
import org.mailkeep.model.account.OwnerMapping;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.snapshot.Manifest;

class OwnershipCheckTest {

  private static final Manifest SNAPSHOT =
      Manifests.of(
          Map.of(0, "root", 89, "vpopmail", 1005, "", 1089, "bob"),
          Map.of(89, "vchkpw"),
          new FakeHost().user("qmailq", 165).group("qmail", 162).facts());
  private static final OwnershipRequest BY_NAME =
      new OwnershipRequest(true, false, Map.of(), Map.of(), List.of());
  private static final OwnershipRequest NUMERIC =
      new OwnershipRequest(false, true, Map.of(), Map.of(), List.of());

  private final FakeHost host =
      new FakeHost().user("vpopmail", 1089).group("vchkpw", 1089).user("postfix", 89);

  private static OwnershipRequest mapping(int uid, int to) {
    return new OwnershipRequest(false, false, Map.of(uid, to), Map.of(), List.of());
  }

  private static List<String> check(OwnershipRequest request, FakeHost on, int... uids) {
    OwnerMapping mapping = OwnershipCheck.mapping(request, SNAPSHOT, on);
    Set<Integer> owners = Set.copyOf(Arrays.stream(uids).boxed().toList());
    return OwnershipCheck.run(request, mapping, SNAPSHOT, on, owners, Set.of());
  }

  @Test
  void a_name_with_another_number_here_is_refused_with_the_ways_out() {
    assertThatThrownBy(() -> check(OwnershipRequest.EXACT, host, 0, 89))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("user vpopmail is 89 in the snapshot and 1089 here")
        .extracting(e -> ((RefusedException) e).advice())
        .asString()
        .contains("Nothing was written", "--by-name", "--map-uid", "--numeric-owner");
  }

  @Test
  void a_number_of_somebody_else_is_refused() {
    assertThatThrownBy(() -> check(OwnershipRequest.EXACT, new FakeHost().user("postfix", 89), 89))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("user vpopmail is 89 in the snapshot, which is postfix here");
  }

  @Test
  void owners_that_are_not_needed_are_no_reason() {
    assertThat(check(OwnershipRequest.EXACT, host, 0, 1005)).isEmpty();
  }

  @Test
  void by_name_maps_what_both_know_and_still_refuses_a_number_of_somebody_else() {
    assertThat(check(BY_NAME, host, 89)).isEmpty();
    assertThat(BY_NAME.mapping(SNAPSHOT, host))
        .isEqualTo(new OwnerMapping(Map.of(89, 1089), Map.of(89, 1089), List.of()));
    assertThatThrownBy(() -> check(BY_NAME, host, 89, 1089))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("user bob is 1089 in the snapshot, which is vpopmail here");
  }

  @Test
  void by_name_also_knows_the_accounts_that_own_no_files() {
    FakeHost here = host.user("qmailq", 7).group("qmail", 8);
    OwnerMapping mapping = BY_NAME.mapping(SNAPSHOT, here);
    assertThat(mapping.uid(165)).isEqualTo(7);
    assertThat(mapping.gid(162)).isEqualTo(8);
  }

  @Test
  void an_explicit_number_settles_it_and_counts_before_the_name() {
    assertThat(check(mapping(89, 500), host, 89)).isEmpty();
    assertThat(check(mapping(89, 89), host, 89)).isEmpty();
    OwnershipRequest both = new OwnershipRequest(true, false, Map.of(89, 500), Map.of(), List.of());
    assertThat(both.mapping(SNAPSHOT, host).uid(89)).isEqualTo(500);
  }

  @Test
  void numeric_owner_asks_nobody() {
    assertThat(check(NUMERIC, new FakeHost().down(), 89, 1089)).isEmpty();
  }

  @Test
  void a_missing_name_is_told_and_hinders_nothing() {
    assertThat(check(OwnershipRequest.EXACT, new FakeHost(), 0, 89, 1005))
        .singleElement()
        .asString()
        .contains("does not have user vpopmail (89)", "accounts script");
  }

  @Test
  void two_owners_that_become_one_are_told() {
    assertThat(check(mapping(89, 1005), host, 89, 1005))
        .containsExactly("the users 1005 and 89 of the snapshot become one: 1005");
  }

  @Test
  void a_name_service_that_is_down_is_a_refusal_that_says_how_to_go_on() {
    assertThatThrownBy(() -> check(OwnershipRequest.EXACT, new FakeHost().down(), 89))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("cannot be looked up");
    assertThatThrownBy(() -> check(BY_NAME, new FakeHost().down(), 89))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void a_snapshot_without_names_maps_nothing() {
    Manifest bare = Manifests.of(Map.of(89, ""), Map.of(), AccountFacts.NONE);
    assertThat(BY_NAME.mapping(bare, host)).isEqualTo(OwnerMapping.EXACT);
  }
}
