package org.mailkeep.cli.options;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mailkeep.crypto.KeySlot;
import org.mailkeep.crypto.NewSlot;
import org.mailkeep.crypto.Passphrase;
import org.mailkeep.crypto.RecipientPublicKey;
import org.mailkeep.model.error.UsageException;
import picocli.CommandLine.Option;

/** What a new key slot is opened with. */
public final class NewSecretOptions {

  private static final SecureRandom RANDOM = new SecureRandom();

  @Option(
      names = "--new-password-file",
      paramLabel = "FILE",
      description = "A password: the first line of FILE.")
  private @Nullable Path passwordFile;

  @Option(
      names = "--new-password-command",
      paramLabel = "COMMAND",
      description =
          "A password: what COMMAND prints. The variable MAILKEEP_NEW_PASSWORD can hold the"
              + " password itself; else it is asked for.")
  private @Nullable String passwordCommand;

  @Option(
      names = "--new-key-file",
      paramLabel = "FILE",
      description = "A key file, which is made if it is missing.")
  private @Nullable Path keyFile;

  @Option(
      names = "--recipient",
      paramLabel = "FILE",
      description =
          "A recipient's public key, from 'mailkeep key generate'. No secret of his is needed.")
  private @Nullable Path recipient;

  /**
   * Locks a slot with the secret that was named, or asks for a password.
   *
   * @throws UsageException where several were named, or there is nobody to ask
   */
  public KeySlot lock(NewSlot slot) {
    long named =
        Stream.of(passwordFile, passwordCommand, keyFile, recipient)
            .filter(option -> option != null)
            .count();
    if (named > 1) {
      throw new UsageException(
          "Several secrets are named for one new key slot", "Add one slot after the other.");
    }
    if (keyFile != null) {
      return slot.lock(KeyFiles.readOrMake(keyFile), RANDOM);
    }
    if (recipient != null) {
      return slot.lock(recipient(recipient), RANDOM);
    }
    return lockWithPassword(slot);
  }

  /** Locks a slot with a password. */
  public KeySlot lockWithPassword(NewSlot slot) {
    try (Passphrase password = password("the key slot")) {
      return slot.lock(password, PassphraseCost.current(), RANDOM);
    }
  }

  /**
   * The new password.
   *
   * @param what it is for
   */
  public Passphrase password(String what) {
    if (keyFile != null || recipient != null) {
      throw new UsageException(
          "A password is needed, and something else was named", "Use --new-password-file.");
    }
    PasswordSource source =
        new PasswordSource(
            Optional.ofNullable(passwordFile),
            Optional.ofNullable(passwordCommand),
            "MAILKEEP_NEW_PASSWORD");
    return source
        .given()
        .or(() -> source.askNew(what))
        .orElseThrow(
            () ->
                new UsageException(
                    "No new password or key was given",
                    "Use --new-password-file, --new-password-command, MAILKEEP_NEW_PASSWORD,"
                        + " --new-key-file or --recipient."));
  }

  /**
   * A new password from the first line of a file, from MAILKEEP_NEW_PASSWORD, or asked for.
   *
   * @param what it is for
   */
  public static Passphrase passwordFrom(@Nullable Path file, String what) {
    NewSecretOptions options = new NewSecretOptions();
    options.passwordFile = file;
    return options.password(what);
  }

  static RecipientPublicKey recipient(Path path) {
    return RecipientPublicKey.parse(KeyFiles.text(path, "The public key", "--recipient"));
  }
}
