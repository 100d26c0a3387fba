package org.mailkeep.cli.options;

import java.nio.file.Path;
import java.security.SecureRandom;
import org.mailkeep.crypto.LockedPrivateKey;
import org.mailkeep.crypto.Passphrase;
import org.mailkeep.crypto.RecipientPrivateKey;

/**
 * A recipient's key pair that was just made.
 *
 * @param recipient the recipient's id
 * @param privateFile the secret part
 * @param publicFile the part to hand out
 * @param locked whether a password opens the secret part
 */
public record NewKeyPair(String recipient, Path privateFile, Path publicFile, boolean locked) {

  private static final SecureRandom RANDOM = new SecureRandom();

  /** Makes one whose secret part is as secret as its file. */
  public static NewKeyPair open(Path file) {
    RecipientPrivateKey key = RecipientPrivateKey.generate(RANDOM);
    return write(file, key, key.text(), false);
  }

  /** Makes one whose secret part a password locks. */
  public static NewKeyPair locked(Path file, Passphrase password) {
    RecipientPrivateKey key = RecipientPrivateKey.generate(RANDOM);
    try (password) {
      LockedPrivateKey locked =
          LockedPrivateKey.lock(key, password, PassphraseCost.current(), RANDOM);
      return write(file, key, locked.text(), true);
    }
  }

  private static NewKeyPair write(
      Path file, RecipientPrivateKey key, String secret, boolean locked) {
    Path publicFile = file.resolveSibling(file.getFileName() + ".pub");
    String of = "# " + key.publicKey() + "\n";
    KeyFiles.writeSecret(file, "# Private key. Keep it secret.\n" + of + secret);
    KeyFiles.writePublic(
        publicFile, "# Public key of a Mailkeep recipient.\n" + of + key.publicKey().text());
    return new NewKeyPair(key.publicKey().id().toString(), file, publicFile, locked);
  }
}
