package org.mailkeep.cli.options;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.crypto.KeySet;
import org.mailkeep.crypto.KeySlot;
import org.mailkeep.crypto.LockedPrivateKey;
import org.mailkeep.crypto.Passphrase;
import org.mailkeep.crypto.RecipientPrivateKey;
import org.mailkeep.crypto.SlotKind;
import org.mailkeep.crypto.SlotSecret;
import org.mailkeep.model.error.KeyException;
import org.mailkeep.repository.KeySlots;

/** Finds the keys of a repository with the secret that the user names, or asks for one. */
final class Unlocking {

  private final Secrets secrets;
  private final Terminal terminal;
  private final String what;
  private final String prefix;

  Unlocking(Secrets secrets, Terminal terminal) {
    this(secrets, terminal, "the repository", "--");
  }

  /**
   * @param what is opened, for messages
   * @param prefix of the options that name secrets
   */
  Unlocking(Secrets secrets, Terminal terminal, String what, String prefix) {
    this.secrets = secrets;
    this.terminal = terminal;
    this.what = what;
    this.prefix = prefix;
  }

  /**
   * Opens one of the slots.
   *
   * @throws KeyException where the secret opens none, or there is none
   */
  Unlocked unlock(KeySlots ring) {
    List<KeySlot> slots = ring.list(damaged -> terminal.note("mailkeep: " + damaged.getMessage()));
    if (secrets.privateKey().isPresent()) {
      return withPrivateKey(slots, secrets.privateKey().get());
    }
    Optional<Passphrase> given = secrets.passwords().given();
    if (given.isPresent()) {
      return withPassword(slots, given.get());
    }
    if (secrets.keyFile().isPresent()) {
      Path named = secrets.keyFile().get();
      return withKeyFile(slots, named)
          .orElseThrow(
              () ->
                  new KeyException(
                      "The key file " + named + " does not open " + what,
                      "Name the right one, or give a password."));
    }
    return secrets
        .usualKeyFile()
        .filter(Files::isReadable)
        .flatMap(usual -> withKeyFile(slots, usual))
        .orElseGet(() -> asking(slots));
  }

  /** As {@link #unlock}, and wipes the secret. */
  KeySet keys(KeySlots ring) {
    Unlocked opened = unlock(ring);
    opened.wipe();
    return opened.keys();
  }

  private Unlocked asking(List<KeySlot> slots) {
    return secrets
        .passwords()
        .ask("Password for " + what)
        .map(password -> withPassword(slots, password))
        .orElseThrow(
            () ->
                new KeyException(
                    what.substring(0, 1).toUpperCase(Locale.ROOT)
                        + what.substring(1)
                        + " needs a password or a key file, and none was given",
                    "Use "
                        + prefix
                        + "password-file, "
                        + prefix
                        + "password-command, "
                        + (prefix.equals("--") ? "MAILKEEP_PASSWORD" : "MAILKEEP_TO_PASSWORD")
                        + " or "
                        + prefix
                        + "key-file."));
  }

  private Unlocked withPassword(List<KeySlot> slots, Passphrase password) {
    return open(slots, SlotKind.PASSPHRASE, password)
        .orElseThrow(
            () ->
                new KeyException(
                    "The password is wrong: it opens no key slot of " + what,
                    "Check for a stray space or another keyboard layout."));
  }

  private static Optional<Unlocked> withKeyFile(List<KeySlot> slots, Path path) {
    return open(slots, SlotKind.KEY_FILE, KeyFiles.read(path));
  }

  private Unlocked withPrivateKey(List<KeySlot> slots, Path path) {
    String text = KeyFiles.text(path, "The private key", "--private-key");
    RecipientPrivateKey key = privateKey(text, path);
    return open(slots, SlotKind.RECIPIENT, key)
        .orElseThrow(
            () ->
                new KeyException(
                    "The private key " + path + " does not open this repository",
                    "Its public key must be added first: mailkeep key add --recipient."));
  }

  private RecipientPrivateKey privateKey(String text, Path path) {
    try {
      return LockedPrivateKey.isIn(text)
          ? unlocked(LockedPrivateKey.parse(text), path)
          : RecipientPrivateKey.parse(text);
    } catch (KeyException e) {
      String problem = String.valueOf(e.getMessage());
      throw problem.contains(path.toString())
          ? e
          : new KeyException(path + ": " + problem, e.advice(), e);
    }
  }

  private RecipientPrivateKey unlocked(LockedPrivateKey locked, Path path) {
    Passphrase password =
        secrets
            .passwords()
            .given()
            .or(() -> secrets.passwords().ask("Password for " + path))
            .orElseThrow(
                () ->
                    new KeyException(
                        "The private key " + path + " is locked, and no password was given",
                        "Use --password-file, --password-command or MAILKEEP_PASSWORD."));
    try (password) {
      return locked
          .open(password)
          .orElseThrow(
              () ->
                  new KeyException(
                      "The password does not open the private key " + path,
                      "Check for a stray space or another keyboard layout."));
    }
  }

  private static Optional<Unlocked> open(List<KeySlot> slots, SlotKind kind, SlotSecret secret) {
    return KeySlots.open(slots, kind, secret)
        .map(opened -> new Unlocked(opened.slot(), opened.keys(), secret));
  }
}
