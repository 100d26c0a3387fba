package org.mailkeep.engine.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.mailkeep.model.encoding.MalformedException;
import org.mailkeep.unix.Accounts;

class AclTextTest {

  private static final String TEXT =
      "user::rw-,user:1234:rw-,group::r--,group:4294967294:r-x,mask::rwx,other::---";

  @Test
  void text_and_bytes_are_the_same_acl() {
    byte[] bytes = AclText.parse(TEXT, new Accounts());
    assertThat(AclText.of(bytes)).contains(TEXT);
  }

  @Test
  void entries_in_any_order_names_and_trailing_numbers_are_understood() {
    String other =
        "other::---\n"
            + "mask::rwx\n"
            + "group:some:r-x:4294967294\n"
            + "group::r--#x\n"
            + "user:anna:rw-:1234\n"
            + "u::rw-\n";
    assertThat(AclText.parse(other, new Accounts())).isEqualTo(AclText.parse(TEXT, new Accounts()));
    assertThat(AclText.of(AclText.parse("user:root:r--", new Accounts()))).contains("user:0:r--");
  }

  @Test
  void what_is_no_acl_is_an_error() {
    for (String text :
        new String[] {"", "user", "user:1:q", "what::r--", "user:nobody-has-it:r--"}) {
      assertThatThrownBy(() -> AclText.parse(text, new Accounts()))
          .isInstanceOf(MalformedException.class);
    }
    assertThat(AclText.of(new byte[] {1, 2, 3})).isEmpty();
  }
}
