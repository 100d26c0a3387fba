package org.mailkeep.cli.options;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.cli.output.Units;
import org.mailkeep.crypto.Argon2Cost;
import org.mailkeep.crypto.FullKeys;
import org.mailkeep.crypto.KeyFile;
import org.mailkeep.crypto.KeySet;
import org.mailkeep.crypto.KeySlot;
import org.mailkeep.crypto.NewSlot;
import org.mailkeep.crypto.Passphrase;
import org.mailkeep.crypto.RepositoryId;
import org.mailkeep.crypto.SlotKind;
import org.mailkeep.model.error.KeyException;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.repository.KeySlots;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.pack.MendedPack;
import org.mailkeep.storage.Storage;

/** Makes and opens the repository that the options name. */
public final class Opening {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final RepositoryOptions options;
  private final PasswordSource passwords;
  private final Terminal terminal;
  private final UnaryOperator<Storage> way;

  /** By these options. */
  public Opening(RepositoryOptions options, Terminal terminal) {
    this(options, terminal, UnaryOperator.identity());
  }

  /**
   * By these options.
   *
   * @param way puts something between the repository and its storage
   */
  public Opening(RepositoryOptions options, Terminal terminal, UnaryOperator<Storage> way) {
    this.options = options;
    this.passwords = new PasswordSource(options);
    this.terminal = terminal;
    this.way = way;
  }

  /**
   * A repository that was just made.
   *
   * @param repository the repository
   * @param keyFile the key file that opens it; empty where a password does
   */
  public record Made(Repository repository, Optional<Path> keyFile) {}

  /** Opens the repository. */
  public Repository open() {
    Storage storage = way.apply(options.location().open());
    try {
      Repository repository = Repository.open(storage, this::unlock);
      repository.packs().onMended(this::tell);
      return repository;
    } catch (RuntimeException e) {
      storage.close();
      throw e;
    }
  }

  private void tell(MendedPack pack) {
    terminal.note(
        "mailkeep: "
            + pack.name()
            + " has "
            + Units.count(pack.badSectors(), "bad sector")
            + ", and was read by way of its parity");
    terminal.note("  Run 'mailkeep repair packs' to write it anew.");
  }

  /** Whether there is a repository already. */
  public boolean exists() {
    try (Storage storage = options.location().open()) {
      return Repository.exists(storage);
    } catch (org.mailkeep.model.error.NotFoundException e) {
      return false;
    }
  }

  /**
   * Makes the repository, with a password where one is given, else a key file.
   *
   * @param askForPassword whether to ask for a password where none is given
   */
  public Made make(boolean askForPassword) {
    if (exists()) {
      throw new RefusedException(
          "There is a repository in " + options.location() + " already",
          "Use it without 'init', or name another place with --repo.");
    }
    Optional<Passphrase> password = passwords.given();
    Optional<Path> keyFile =
        password.isPresent() ? Optional.empty() : keyFileForNew(askForPassword);
    if (password.isEmpty() && keyFile.isEmpty()) {
      password = passwords.askNew();
    }
    Optional<KeyFile> key = keyFile.map(KeyFiles::readOrMake);
    if (password.isEmpty() && key.isEmpty()) {
      throw new UsageException(
          "A new repository needs a password or a key file",
          "Give --password-file FILE, --password-command COMMAND, MAILKEEP_PASSWORD or"
              + " --key-file FILE (made if it is missing).");
    }
    Optional<Passphrase> secret = password;
    FullKeys keys = FullKeys.generate(RANDOM);
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Repository repository =
        Repository.create(
            way.apply(options.location().create()),
            RepositoryId.generate(RANDOM),
            now,
            keys,
            id -> List.of(slot(new NewSlot(id, keys, "first", now), secret, key)));
    return new Made(repository, keyFile);
  }

  private Optional<Path> keyFileForNew(boolean askForPassword) {
    return options
        .keyFile()
        .or(() -> askForPassword ? Optional.empty() : Optional.of(options.defaultKeyFile()));
  }

  private static KeySlot slot(
      NewSlot slot, Optional<Passphrase> password, Optional<KeyFile> keyFile) {
    return password.isPresent()
        ? slot.lock(password.get(), Argon2Cost.DEFAULT, RANDOM)
        : slot.lock(keyFile.orElseThrow(), RANDOM);
  }

  private KeySet unlock(KeySlots ring) {
    List<KeySlot> slots = ring.list(damaged -> terminal.note("mailkeep: " + damaged.getMessage()));
    Optional<Passphrase> given = passwords.given();
    if (given.isPresent()) {
      return withPassword(slots, given.get());
    }
    Optional<Path> named = options.keyFile();
    if (named.isPresent()) {
      return withKeyFile(slots, named.get())
          .orElseThrow(
              () ->
                  new KeyException(
                      "The key file " + named.get() + " does not open this repository",
                      "Name the right one, or give a password."));
    }
    Path usual = options.defaultKeyFile();
    Optional<KeySet> usually =
        Files.isReadable(usual) ? withKeyFile(slots, usual) : Optional.empty();
    return usually.orElseGet(
        () ->
            passwords
                .ask("Password for the repository")
                .map(password -> withPassword(slots, password))
                .orElseThrow(
                    () ->
                        new KeyException(
                            "The repository needs a password or a key file, and none was given",
                            "Use --password-file, --password-command, MAILKEEP_PASSWORD or"
                                + " --key-file.")));
  }

  private static KeySet withPassword(List<KeySlot> slots, Passphrase password) {
    try (password) {
      return KeySlots.open(slots, SlotKind.PASSPHRASE, password)
          .orElseThrow(
              () ->
                  new KeyException(
                      "The password is wrong: it opens no key slot of the repository",
                      "Check for a stray space or another keyboard layout."));
    }
  }

  private static Optional<KeySet> withKeyFile(List<KeySlot> slots, Path path) {
    return KeySlots.open(slots, SlotKind.KEY_FILE, KeyFiles.read(path));
  }
}
