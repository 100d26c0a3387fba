package org.mailkeep.mail.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailkeep.model.RawPath;

class MailboxPathTest {

  @ParameterizedTest
  @CsvSource({
    "/home/vpopmail/domains/example.com/anna/Maildir, anna@example.com",
    "/home/vpopmail/domains/0/example.com/B/3/anna/Maildir, anna@example.com",
    "/srv/old/home/vpopmail/domains/intranet/anna/Maildir, anna@intranet",
    "/var/vmail/example.com/Anna/Maildir, anna@example.com",
    "/var/vmail/example.com/anna, anna@example.com",
    "/var/vmail/example.com/a/an.na/mail, an.na@example.com",
    "/domains/Example.COM/anna/.maildir, anna@example.com",
  })
  void a_domain_with_users_is_known_by_its_shape(String path, String address) {
    assertThat(MailboxPath.address(RawPath.of(path))).map(MailAddress::toString).contains(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/home/anna/Maildir",
        "/var/qmail/alias/Maildir",
        "/Maildir",
        "/",
        "/srv/backup.1/anna/Maildir",
        "/mnt/10.0.0.5/anna/Maildir"
      })
  void any_other_maildir_has_nothing_but_its_path(String path) {
    assertThat(MailboxPath.address(RawPath.of(path))).isEmpty();
  }

  @Test
  void an_address_has_a_user_and_a_domain() {
    assertThat(MailAddress.parse("Anna@Example.com"))
        .contains(new MailAddress("anna", "example.com"));
    assertThat(MailAddress.parse("anna")).isEmpty();
    assertThat(MailAddress.parse("@example.com")).isEmpty();
    assertThat(MailAddress.parse("anna@")).isEmpty();
    assertThat(MailAddress.parse("anna@example.com/x")).isEmpty();
  }
}
