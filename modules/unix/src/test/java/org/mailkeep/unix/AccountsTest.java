package org.mailkeep.unix;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mailkeep.model.RawText;
import org.mailkeep.model.account.GroupAccount;
import org.mailkeep.model.account.UserAccount;
import org.mailkeep.model.error.RefusedException;

class AccountsTest {

  private final Accounts accounts = new Accounts();

  @Test
  void root_is_known_both_ways() {
    assertThat(accounts.userName(0)).contains("root");
    assertThat(accounts.groupName(0)).contains("root");
    assertThat(accounts.userId("root")).hasValue(0);
    assertThat(accounts.groupId("root")).hasValue(0);
    assertThat(accounts.userName(0)).contains("root");
  }

  @Test
  void every_account_of_this_host_has_what_its_files_say() throws IOException {
    for (String line : Files.readAllLines(Path.of("/etc/passwd"), ISO_8859_1)) {
      String[] f = RawText.decode(line.getBytes(ISO_8859_1)).split(":", -1);
      assertThat(accounts.user(f[0]))
          .contains(
              new UserAccount(
                  f[0],
                  Integer.parseUnsignedInt(f[2]),
                  Integer.parseUnsignedInt(f[3]),
                  f[4],
                  f[5],
                  f[6]));
    }
    for (String line : Files.readAllLines(Path.of("/etc/group"), ISO_8859_1)) {
      String[] f = RawText.decode(line.getBytes(ISO_8859_1)).split(":", -1);
      List<String> members = f[3].isEmpty() ? List.of() : List.of(f[3].split(",", -1));
      assertThat(accounts.group(f[0]))
          .contains(new GroupAccount(f[0], Integer.parseUnsignedInt(f[2]), members));
    }
    assertThat(accounts.user(0)).isEqualTo(accounts.user("root"));
    assertThat(accounts.group(0)).isEqualTo(accounts.group("root"));
  }

  @Test
  void what_nobody_is_called_is_unknown() {
    assertThat(accounts.userName((int) 3_999_999_999L)).isEmpty();
    assertThat(accounts.groupName((int) 3_999_999_999L)).isEmpty();
    assertThat(accounts.userId("no such caf\udce9")).isEmpty();
    assertThat(accounts.groupId("")).isEmpty();
  }

  @Test
  void credentials_are_read_from_the_status() {
    String status =
        "Name:\tjava\nUid:\t1000\t4294967294\t0\t0\nGid:\t1\t89\t1\t1\nGroups:\t5 4294967295 \n"
            + "CapEff:\t%s\n";
    Credentials plain = Credentials.parse(status.formatted("0000000000000000"));
    assertThat(Integer.toUnsignedLong(plain.effectiveUid())).isEqualTo(4_294_967_294L);
    assertThat(plain.groups()).containsExactlyInAnyOrder(89, 5, -1);
    assertThat(plain.mayChangeOwner()).isFalse();
    assertThat(plain.mayReadAll()).isFalse();
    Credentials reader = Credentials.parse(status.formatted("0000000000000004"));
    assertThat(reader.mayReadAll()).isTrue();
    assertThat(reader.mayChangeOwner()).isFalse();
    assertThat(Credentials.parse(status.formatted("0000000000000003")).mayReadAll()).isTrue();
    assertThat(Credentials.parse(status.formatted("ffffffffffffffff")).mayChangeOwner()).isTrue();
    assertThatThrownBy(() -> Credentials.parse("")).isInstanceOf(RefusedException.class);
  }

  @Test
  void a_file_is_no_terminal() {
    assertThat(Terminal.isTerminal(-1)).isFalse();
    assertThat(Terminal.width(-1)).isEmpty();
  }
}
