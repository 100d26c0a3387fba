package org.mailkeep.mail.mailbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;

class VpasswdFileTest {

  private static final String TEXT =
      """
      anna:$1$x:1:0:Anna:/home/vpopmail/domains/example.com/3/anna:NOQUOTA:secret
      broken line
      ben:$1$x:1:0:Ben:/home/vpopmail/domains/example.com/ben:10485760S""";

  @Test
  void each_user_has_a_directory() {
    VpasswdFile file = VpasswdFile.of(TEXT.getBytes(UTF_8));
    assertThat(file.directory("anna"))
        .contains(RawPath.of("/home/vpopmail/domains/example.com/3/anna"));
    assertThat(file.directory("ben"))
        .contains(RawPath.of("/home/vpopmail/domains/example.com/ben"));
    assertThat(file.directory("broken line")).isEmpty();
    assertThat(VpasswdFile.of(new byte[0]).directory("anna")).isEmpty();
  }

  @Test
  void a_directory_counts_from_its_domain_on_wherever_that_stands_now() {
    RawPath written = RawPath.of("/home/vpopmail/domains/example.com/3/anna");
    assertThat(VpasswdFile.below(FileName.of("example.com"), written))
        .contains(RawPath.of("3/anna"));
    assertThat(VpasswdFile.below(FileName.of("other.com"), written)).isEmpty();
    assertThat(VpasswdFile.below(FileName.of("anna"), written)).isEmpty();
  }
}
