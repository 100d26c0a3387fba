package org.mailkeep.storage.sftp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.mailkeep.model.error.KeyException;

/** The user's private keys in files. */
final class PrivateKeys {

  private PrivateKeys() {}

  /**
   * Reads the keys.
   *
   * @throws KeyException where one that the user named cannot be used
   */
  static List<KeyPair> read(SftpSettings settings) {
    List<KeyPair> pairs = new ArrayList<>();
    for (Path file : settings.keys()) {
      if (settings.keysNamed() || Files.isReadable(file)) {
        try {
          pairs.addAll(read(file, settings));
        } catch (KeyException e) {
          // Of the usual ones, another or the agent may do.
          if (settings.keysNamed()) {
            throw e;
          }
        }
      }
    }
    return pairs;
  }

  private static List<KeyPair> read(Path file, SftpSettings settings) {
    boolean[] asked = {false};
    FilePasswordProvider passphrase =
        (_, _, _) -> {
          asked[0] = true;
          Optional<String> given = settings.passphrase().get();
          return given.orElse(null);
        };
    try (InputStream in = new ByteArrayInputStream(SshFile.read(file))) {
      List<KeyPair> pairs = new ArrayList<>();
      Iterable<KeyPair> found =
          SecurityUtils.loadKeyPairIdentities(
              null, NamedResource.ofName(file.toString()), in, passphrase);
      if (found != null) {
        found.forEach(pairs::add);
      }
      if (pairs.isEmpty()) {
        throw new KeyException(
            "There is no private key in " + file, "Give the file without .pub to --sftp-key.");
      }
      return pairs;
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      if (e instanceof KeyException known) {
        throw known;
      }
      throw new KeyException(
          "The private key " + file + " cannot be used: " + reason(asked[0], e),
          asked[0]
              ? "Give its passphrase with --sftp-passphrase-file or --sftp-passphrase-command, or"
                  + " load the key into an ssh-agent."
              : "Check --sftp-key, and that you may read the file.");
    }
  }

  private static String reason(boolean asked, Exception e) {
    return asked ? "its passphrase is missing or wrong" : String.valueOf(e.getMessage());
  }
}
