package org.mailkeep.storage.sftp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailkeep.fuzz.Decoding;
import org.mailkeep.model.error.MailkeepException;

/** In this package, for nobody else reads OpenSSH's files. */
class SshFilesFuzzTest {

  private static final SftpFolder SERVER = SftpFolder.parse("sftp://u@h.example:2222/mail");

  @TempDir private static Path folder;

  static Stream<byte[]> files() {
    String key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0x1TQ0rcBeYFqTkBWnqnGyaUvCAHpYjkmWpGbUO3yi";
    return Stream.of(
            "[h.example]:2222 " + key + " remark\n# x\n@revoked * " + key + "\n",
            "|1|F1E1KeoE/eEWhi10WpGv4OdiO6Y=|3988QV0VE8wmZL7suNrYQLITLCg= " + key + "\n",
            "h*.example,!other,[h?.example]:* " + key + "\n@cert-authority * ssh-rsa AAAA\n",
            "[h." + "*".repeat(102) + "xample]:2222 " + key + "\n",
            "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n"
                + "-----END OPENSSH PRIVATE KEY-----\n",
            "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ0x1TQ0rcBeYFqTkBWnqnGyaUvCAHpYjkmW"
                + "pGbUO3yi\n-----END PRIVATE KEY-----\n")
        .map(text -> text.getBytes(UTF_8));
  }

  @SuppressWarnings("NullAway") // The key alone is looked at, not who shows it.
  @MethodSource("files")
  @FuzzTest(maxDuration = Decoding.TIME)
  void any_file_of_hosts_or_keys_is_read_or_refused_and_no_stranger_is_believed(byte[] bytes)
      throws IOException, GeneralSecurityException {
    Path file = Files.write(folder.resolve("file"), bytes);
    KnownHosts hosts = new KnownHosts(SERVER, List.of(file));
    try {
      List<String> _ = hosts.types();
    } catch (MailkeepException refused) {
      // It says which file.
    }
    if (hosts.verifyServerKey(null, null, Stranger.KEY) || hosts.refusal().isEmpty()) {
      throw new AssertionError("a stranger is believed, or nobody says why not");
    }
    SftpSettings settings =
        new SftpSettings(List.of(file), List.of(file), true, Optional::empty, Optional.empty());
    try {
      if (PrivateKeys.read(settings).isEmpty()) {
        throw new AssertionError("no key, and no word about it");
      }
    } catch (MailkeepException refused) {
      // It says what is wrong with the key.
    }
  }

  /** A server whose key is in no file. */
  private static final class Stranger {
    private static final PublicKey KEY = key();

    private static PublicKey key() {
      try {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair().getPublic();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
