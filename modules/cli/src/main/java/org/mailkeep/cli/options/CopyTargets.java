package org.mailkeep.cli.options;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.RepositoryConfig;
import org.mailkeep.storage.Storage;
import org.mailkeep.storage.location.StorageLocation;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where copies go, and what opens those that have keys of their own. */
public final class CopyTargets {

  @Option(
      names = "--to",
      required = true,
      paramLabel = "PLACE",
      description = "Where the copy is; can be given several times.")
  private List<String> places = new ArrayList<>();

  @Option(
      names = "--init",
      description =
          "Make the copy where there is none, with the keys of this repository: it opens with the"
              + " same passwords and key files.")
  private boolean init;

  @Option(
      names = "--to-password-file",
      paramLabel = "FILE",
      description = "For a target with keys of its own: its password.")
  private @Nullable Path passwordFile;

  @Option(
      names = "--to-password-command",
      paramLabel = "COMMAND",
      description = "The same, from what COMMAND prints (or MAILKEEP_TO_PASSWORD).")
  private @Nullable String passwordCommand;

  @Option(
      names = "--to-key-file",
      paramLabel = "FILE",
      description = "For a target with keys of its own: its key file.")
  private @Nullable Path keyFile;

  @Mixin private final TargetRemoteOptions remote = new TargetRemoteOptions();

  /**
   * The places.
   *
   * @param repository must not be among them
   */
  public List<StorageLocation> locations(RepositoryOptions repository) {
    remote.require();
    StorageLocation source = repository.location();
    List<StorageLocation> locations = new ArrayList<>();
    for (String place : places) {
      StorageLocation location = repository.location(place, remote);
      if (isSame(location, source)) {
        throw new UsageException(
            location + " is the repository itself, and no copy of it", "Name another place.");
      }
      locations.add(location);
    }
    return locations;
  }

  private static boolean isSame(StorageLocation a, StorageLocation b) {
    if (a instanceof StorageLocation.LocalFolder one
        && b instanceof StorageLocation.LocalFolder other
        && Files.exists(one.root())
        && Files.exists(other.root())) {
      try {
        return Files.isSameFile(one.root(), other.root());
      } catch (IOException e) {
        return one.equals(other);
      }
    }
    return a.toString().equals(b.toString());
  }

  /**
   * Opens a copy, or makes it.
   *
   * @param way puts something between the copy and its storage
   */
  public Repository open(
      StorageLocation location, Repository source, UnaryOperator<Storage> way, Terminal terminal) {
    if (init && !exists(location)) {
      Storage storage = way.apply(location.create());
      return closing(
          storage,
          () ->
              source.makeCopy(
                  storage,
                  source.slots().list(_ -> {}).stream()
                      .filter(slot -> slot.isAuthentic(source.keys()))
                      .toList()));
    }
    if (!exists(location)) {
      throw new NotFoundException(
          "There is no copy in " + location,
          "Check the path, and that its disk is mounted. Add --init to make a copy with the same"
              + " keys, or make a repository with keys of its own: mailkeep init --repo "
              + location);
    }
    Storage storage = way.apply(location.open());
    return closing(storage, () -> open(storage, location, source, terminal));
  }

  /** Whether there is a repository in this place. */
  static boolean exists(StorageLocation location) {
    try (Storage storage = location.open()) {
      return Repository.exists(storage);
    } catch (NotFoundException e) {
      return false;
    }
  }

  private Repository open(
      Storage storage, StorageLocation location, Repository source, Terminal terminal) {
    RepositoryConfig config = RepositoryConfig.decode(storage.get(RepositoryConfig.NAME));
    if (config.id().equals(source.config().id())) {
      return Repository.open(storage, _ -> source.keys());
    }
    PasswordSource passwords =
        new PasswordSource(
            Optional.ofNullable(passwordFile),
            Optional.ofNullable(passwordCommand),
            "MAILKEEP_TO_PASSWORD");
    Secrets secrets =
        new Secrets(passwords, Optional.ofNullable(keyFile), Optional.empty(), Optional.empty());
    Unlocking unlocking = new Unlocking(secrets, terminal, "the copy in " + location, "--to-");
    return Repository.open(storage, unlocking::keys);
  }

  private interface Opener {
    Repository open();
  }

  private static Repository closing(Storage storage, Opener opener) {
    try {
      return opener.open();
    } catch (RuntimeException e) {
      storage.close();
      throw e;
    }
  }
}
