package org.mailkeep.unix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
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
