package org.mailkeep.repository;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.mailkeep.crypto.KeySet;
import org.mailkeep.crypto.KeySlot;
import org.mailkeep.crypto.RepositoryId;
import org.mailkeep.crypto.SealingSession;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.repository.index.ChunkIndex;
import org.mailkeep.repository.index.CondemnedPacks;
import org.mailkeep.repository.index.IndexSegments;
import org.mailkeep.repository.index.IndexSync;
import org.mailkeep.repository.index.LocalIndex;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.pack.ChunkWriter;
import org.mailkeep.repository.pack.PackReader;
import org.mailkeep.repository.pack.PackRewriter;
import org.mailkeep.repository.pack.PackStore;
import org.mailkeep.repository.pack.PackTable;
import org.mailkeep.repository.pack.SetAsidePacks;
import org.mailkeep.repository.parity.PackParity;
import org.mailkeep.repository.parity.ParitySetting;
import org.mailkeep.repository.snapshot.SnapshotMarks;
import org.mailkeep.repository.snapshot.Snapshots;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.storage.ObjectContent;
import org.mailkeep.storage.Storage;

/** An open repository: storage, keys, and what is made of the two. Safe for use by many threads. */
public final class Repository implements AutoCloseable {

  private final Storage storage;
  private final RepositoryConfig config;
  private final KeySet keys;
  private final PackReader packs;

  private Repository(Storage storage, RepositoryConfig config, KeySet keys) {
    this.storage = storage;
    this.config = config;
    this.keys = keys;
    this.packs = new PackReader(storage, keys);
  }

  /** Whether there is a repository in this storage. */
  public static boolean exists(Storage storage) {
    return storage.size(RepositoryConfig.NAME).isPresent();
  }

  /**
   * Makes a repository.
   *
   * @param keys its keys
   * @param slots makes the first key slots, given the repository's id
   * @throws RefusedException where there is one already
   */
  public static Repository create(
      Storage storage,
      RepositoryId id,
      Instant now,
      KeySet keys,
      Function<RepositoryId, List<KeySlot>> slots) {
    if (exists(storage)) {
      throw new RefusedException(
          "There is a repository already", "Use it without 'init', or name another place.");
    }
    KeySlots ring = new KeySlots(storage, id);
    slots.apply(id).forEach(ring::add);
    RepositoryConfig config = RepositoryConfig.create(id, now, keys);
    storage.put(RepositoryConfig.NAME, ObjectContent.of(config.encode()));
    return new Repository(storage, config, keys);
  }

  /**
   * Makes a copy's repository: the same one in another place, with the same id and keys, so that
   * packs, slots and snapshots can be copied as they are. A copying that was cut off is repeated.
   *
   * @param target where nothing is, or the beginning of such a copy
   * @param slots of this repository that the copy begins with, at least one
   * @throws RefusedException where there is a repository already
   */
  public Repository makeCopy(Storage target, List<KeySlot> slots) {
    if (exists(target)) {
      throw new RefusedException(
          "There is a repository already", "Copy to it without --init, or name another place.");
    }
    KeySlots ring = new KeySlots(target, config.id());
    slots.forEach(ring::add);
    target.put(RepositoryConfig.NAME, ObjectContent.of(config.encode()));
    return new Repository(target, config, keys);
  }

  /**
   * Opens a repository.
   *
   * @param unlock finds the keys, given the key slots
   * @throws NotFoundException where there is none
   */
  public static Repository open(Storage storage, Function<KeySlots, KeySet> unlock) {
    if (!exists(storage)) {
      throw new NotFoundException(
          "There is no repository here", "Check the place, or make one with 'mailkeep init'.");
    }
    RepositoryConfig config = RepositoryConfig.decode(storage.get(RepositoryConfig.NAME));
    KeySet keys = unlock.apply(new KeySlots(storage, config.id()));
    config.prove(keys);
    return new Repository(storage, config, keys);
  }

  /** The object storage. */
  public Storage storage() {
    return storage;
  }

  /** What is known without keys. */
  public RepositoryConfig config() {
    return config;
  }

  /** The keys. */
  public KeySet keys() {
    return keys;
  }

  /** Reads packs. */
  public PackReader packs() {
    return packs;
  }

  /** The snapshots. */
  public Snapshots snapshots() {
    return new Snapshots(storage, keys);
  }

  /** The local index in this state, not yet brought up to date. */
  public LocalIndex index(StateDatabase state) {
    return new LocalIndex(state);
  }

  /** The lists of packs that will be removed. */
  public CondemnedPacks condemned() {
    return new CondemnedPacks(storage, keys);
  }

  /** What was decided about snapshots. */
  public SnapshotMarks marks() {
    return new SnapshotMarks(storage, keys);
  }

  /** The key slots. */
  public KeySlots slots() {
    return new KeySlots(storage, config.id());
  }

  /** The index segments. */
  public IndexSegments segments() {
    return new IndexSegments(storage, keys);
  }

  /** Brings a local index up to date. */
  public IndexSync sync(LocalIndex index) {
    return new IndexSync(storage, segments(), condemned(), packs, setAside(), index);
  }

  /** Reads chunks, keeping so many bytes of opened blocks. */
  public ChunkReader reader(ChunkIndex index, long cacheBytes) {
    return new ChunkReader(index, packs, keys, cacheBytes);
  }

  /** Writes chunks. */
  public ChunkWriter writer(ChunkIndex index, SealingSession session, int level, int threads) {
    return new ChunkWriter(
        storage, keys, session, index, paritySetting().percentForWriting(), level, threads);
  }

  /** Moves blocks into new packs, each of which {@code stored} is given when it is durable. */
  public PackRewriter rewriter(SealingSession session, Consumer<PackTable> stored) {
    return rewriter(packs, session, stored);
  }

  /** As above, with blocks that another place of this repository has. */
  public PackRewriter rewriter(
      PackReader from, SealingSession session, Consumer<PackTable> stored) {
    PackStore store = new PackStore(storage, keys, session, paritySetting().percentForWriting());
    return new PackRewriter(from, store, stored);
  }

  /** The packs that were set aside as damaged. */
  public SetAsidePacks setAside() {
    return new SetAsidePacks(storage, keys);
  }

  /** How much parity packs get. */
  public ParitySetting paritySetting() {
    return new ParitySetting(storage, keys);
  }

  /** The parity of packs. */
  public PackParity parity() {
    return new PackParity(storage);
  }

  /**
   * Tells a bad sector from a storage that is out of reach, for both fail alike.
   *
   * @param failure what went wrong with one object; thrown again where nothing else can be read
   */
  public void requireReachable(MailkeepException failure) {
    if (failure instanceof StorageException) {
      try {
        byte[] _ = storage.get(RepositoryConfig.NAME);
      } catch (StorageException e) {
        throw failure;
      } catch (NotFoundException | DamagedException e) {
        // An answer all the same.
      }
    }
  }

  @Override
  public void close() {
    storage.close();
  }
}
