package org.mailkeep.mail.maildir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mailkeep.mail.maildir.SubscriptionFile.COURIER;
import static org.mailkeep.mail.maildir.SubscriptionFile.DOVECOT;

import org.junit.jupiter.api.Test;
import org.mailkeep.model.FileName;

class SubscriptionFileTest {

  private static String with(SubscriptionFile file, String text, String directory) {
    return new String(file.with(text.getBytes(UTF_8), FileName.of(directory)), UTF_8);
  }

  @Test
  void courier_has_a_line_for_each_folder_as_clients_name_it() {
    assertThat(with(COURIER, "", ".A.B")).isEqualTo("INBOX.A.B\n");
    assertThat(with(COURIER, "INBOX.Sent\n", ".A")).isEqualTo("INBOX.Sent\nINBOX.A\n");
    assertThat(with(COURIER, "INBOX.Sent", ".A")).isEqualTo("INBOX.Sent\nINBOX.A\n");
  }

  @Test
  void dovecot_has_two_forms_and_a_file_keeps_its_own() {
    assertThat(with(DOVECOT, "", ".A.B")).isEqualTo("V\t2\n\nA\tB\n");
    assertThat(with(DOVECOT, "V\t2\n\nSent\n", ".A.B")).isEqualTo("V\t2\n\nSent\nA\tB\n");
    assertThat(with(DOVECOT, "Sent\n", ".A.B")).isEqualTo("Sent\nA.B\n");
  }

  @Test
  void a_folder_that_is_in_it_is_not_added_again() {
    assertThat(with(COURIER, "INBOX.A\nINBOX.B\n", ".A")).isEqualTo("INBOX.A\nINBOX.B\n");
    assertThat(with(DOVECOT, "V\t2\n\nA\tB\n", ".A.B")).isEqualTo("V\t2\n\nA\tB\n");
    assertThat(with(DOVECOT, "A.B\n", ".A.B")).isEqualTo("A.B\n");
  }
}
