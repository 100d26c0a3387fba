package org.mailkeep.cli.options;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.crypto.FullKeys;
import org.mailkeep.crypto.KeyFile;
import org.mailkeep.crypto.KeySet;
import org.mailkeep.crypto.KeySlot;
import org.mailkeep.crypto.NewSlot;
import org.mailkeep.crypto.Passphrase;
import org.mailkeep.crypto.RepositoryId;
import org.mailkeep.model.Units;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.repository.KeySlots;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.pack.MendedPack;
import org.mailkeep.storage.Storage;
import org.mailkeep.storage.location.StorageLocation;

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
    this.passwords = options.secrets().passwords();
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

  /**
   * A repository, and what opened it.
   *
   * @param repository the repository
   * @param key the slot and its secret
   */
  public record Opened(Repository repository, Unlocked key) {}

  /** Opens the repository. */
  public Repository open() {
    Opened opened = openWithKey();
    opened.key().wipe();
    return opened.repository();
  }

  /** Opens the repository, and says with which slot and secret. */
  public Opened openWithKey() {
    Unlocking unlocking = new Unlocking(options.secrets(), terminal);
    List<Unlocked> found = new ArrayList<>();
    Repository repository =
        open(
            ring -> {
              found.add(unlocking.unlock(ring));
              return found.getFirst().keys();
            });
    return new Opened(repository, found.getFirst());
  }

  /** Opens the repository with keys that came another way. */
  public Repository openWith(KeySet keys) {
    return open(_ -> keys);
  }

  private Repository open(Function<KeySlots, KeySet> unlock) {
    Storage storage = way.apply(options.location().open());
    try {
      Repository repository = Repository.open(storage, unlock);
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
    return isIn(options.location());
  }

  /** Whether there is one in this place. */
  public static boolean isIn(StorageLocation place) {
    return CopyTargets.exists(place);
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
      password = passwords.askNew("the repository");
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
    try {
      Repository repository =
          Repository.create(
              way.apply(options.location().create()),
              RepositoryId.generate(RANDOM),
              now,
              keys,
              id -> List.of(slot(new NewSlot(id, keys, "first", now), secret, key)));
      return new Made(repository, keyFile);
    } finally {
      secret.ifPresent(Passphrase::close);
    }
  }

  /**
   * Makes a copy of another repository, still without snapshots: the same id, keys and slots.
   *
   * @param like where that repository is; the secrets of the options open it
   */
  public Repository makeLike(StorageLocation like) {
    if (exists()) {
      throw new RefusedException(
          "There is a repository in " + options.location() + " already", "Name another place.");
    }
    Unlocking unlocking = new Unlocking(options.secrets(), terminal);
    try (Storage there = like.open();
        Repository model = Repository.open(there, unlocking::keys)) {
      List<KeySlot> slots =
          model.slots().list(_ -> {}).stream()
              .filter(slot -> slot.isAuthentic(model.keys()))
              .toList();
      return model.makeCopy(way.apply(options.location().create()), slots);
    }
  }

  private Optional<Path> keyFileForNew(boolean askForPassword) {
    return options
        .keyFile()
        .or(() -> askForPassword ? Optional.empty() : Optional.of(options.defaultKeyFile()));
  }

  private static KeySlot slot(
      NewSlot slot, Optional<Passphrase> password, Optional<KeyFile> keyFile) {
    return password.isPresent()
        ? slot.lock(password.get(), PassphraseCost.current(), RANDOM)
        : slot.lock(keyFile.orElseThrow(), RANDOM);
  }
}
