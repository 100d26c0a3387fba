package org.mailkeep.cli.options;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.mailkeep.crypto.KeySet;
import org.mailkeep.crypto.KeySlot;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.repository.KeySlots;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.RepositoryConfig;
import org.mailkeep.storage.Storage;
import org.mailkeep.storage.location.StorageLocation;
import picocli.CommandLine.Option;

/** The copies in which a change of key slots is made too. */
public final class AlsoIn {

  @Option(
      names = "--also-in",
      paramLabel = "PLACE",
      description =
          "Make the same change in this copy too; can be given several times. 'mailkeep copy'"
              + " carries all changes as well.")
  private List<String> places = new ArrayList<>();

  /** The slots of a repository and of these copies of it. */
  public final class Rings implements AutoCloseable {
    private final KeySet keys;
    private final List<Repository> copies = new ArrayList<>();
    private final List<KeySlots> rings = new ArrayList<>();

    private Rings(RepositoryOptions options, Repository repository) {
      keys = repository.keys();
      rings.add(repository.slots());
      try {
        for (String place : places) {
          copies.add(copy(options.location(place), repository));
          rings.add(copies.getLast().slots());
        }
      } catch (RuntimeException e) {
        close();
        throw e;
      }
    }

    /** The slots of the repository itself. */
    public KeySlots first() {
      return rings.getFirst();
    }

    /**
     * Puts new slots everywhere, and when all are there, removes old ones everywhere.
     *
     * @param coming new slots
     * @param leaving old ones; a copy that does not have one is fine
     */
    public void change(Collection<KeySlot> coming, Collection<KeySlot> leaving) {
      if (coming.isEmpty()) {
        rings.forEach(ring -> ring.requireOtherThan(leaving, keys));
      }
      rings.forEach(ring -> coming.forEach(ring::add));
      if (!leaving.isEmpty()) {
        rings.forEach(ring -> ring.remove(leaving, keys));
      }
    }

    @Override
    public void close() {
      copies.forEach(Repository::close);
    }
  }

  /** Opens the copies of a repository that these options name. */
  public Rings rings(RepositoryOptions options, Repository repository) {
    return new Rings(options, repository);
  }

  private static Repository copy(StorageLocation place, Repository repository) {
    Storage storage = place.open();
    try {
      RepositoryConfig config = RepositoryConfig.decode(storage.get(RepositoryConfig.NAME));
      if (!config.id().equals(repository.config().id())) {
        throw new UsageException(
            place + " is no copy of this repository with the same keys",
            "It has key slots of its own: change them with --repo " + place + ".");
      }
      return Repository.open(storage, _ -> repository.keys());
    } catch (RuntimeException e) {
      storage.close();
      throw e;
    }
  }
}
