package org.mailkeep.engine.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.model.account.AccountFacts;
import org.mailkeep.model.account.GroupAccount;
import org.mailkeep.model.account.UserAccount;

class AccountRecorderTest {

  private final FakeHost host =
      new FakeHost()
          .user("qmailq", 165, 162, "/var/qmail", "/bin/true")
          .user("anna", 1001, 1001, "/home/anna", "/bin/bash")
          .user("bob", 1002, 100, "/home/bob", "/bin/bash")
          .group("qmail", 162, "anna", "bob")
          .group("anna", 1001)
          .group("users", 100)
          .group("adm", 4, "bob");

  @Test
  void owners_their_groups_and_the_accounts_of_mail_servers_are_kept() {
    AccountFacts facts = AccountRecorder.record(host, Set.of(1001), Set.of(4));
    assertThat(facts.users()).extracting(UserAccount::name).containsExactly("qmailq", "anna");
    assertThat(facts.users()).contains(host.user("anna").orElseThrow());
    assertThat(facts.groups())
        .containsExactly(
            new GroupAccount("qmail", 162, List.of("anna")),
            new GroupAccount("anna", 1001, List.of()),
            new GroupAccount("adm", 4, List.of()));
  }

  @Test
  void two_users_of_one_number_are_both_kept() {
    host.user("vpopmail", 1001, 89, "/home/vpopmail", "/bin/true");
    assertThat(AccountRecorder.record(host, Set.of(1001), Set.of()).users())
        .extracting(UserAccount::name)
        .containsExactly("qmailq", "vpopmail", "anna");
  }

  @Test
  void a_name_service_that_is_down_gives_fewer_accounts_and_no_error() {
    assertThat(AccountRecorder.record(host.down(), Set.of(1001), Set.of(4)))
        .isEqualTo(AccountFacts.NONE);
  }

  @Test
  void a_host_of_very_many_users_does_not_swell_the_manifest() {
    IntStream.range(10_000, 15_000).forEach(uid -> host.user("u" + uid, uid).group("g" + uid, uid));
    Set<Integer> all = Set.copyOf(IntStream.range(10_000, 15_000).boxed().toList());
    AccountFacts facts = AccountRecorder.record(host, all, all);
    assertThat(facts.users()).hasSize(AccountRecorder.MOST).contains(host.user(165).orElseThrow());
    assertThat(facts.groups()).hasSize(AccountRecorder.MOST);
  }

  @Test
  void a_snapshot_knows_the_accounts_of_its_owners(@TempDir Path folder) throws Exception {
    Path source = Files.createDirectory(folder.resolve("source"));
    Files.writeString(source.resolve("file"), "x");
    int uid = (int) Files.getAttribute(source, "unix:uid");
    try (TestRepository repository = new TestRepository(folder)) {
      AccountFacts facts = repository.backup(source).snapshot().manifest().accounts();
      UserAccount me =
          facts.users().stream().filter(user -> user.uid() == uid).findFirst().orElseThrow();
      assertThat(me.name()).isEqualTo(System.getProperty("user.name"));
      assertThat(me.home()).isEqualTo(System.getProperty("user.home"));
      assertThat(facts.groups()).anyMatch(group -> group.gid() == me.gid());
    }
  }
}
