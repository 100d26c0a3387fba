package org.mailkeep.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.mailkeep.crypto.FullKeys;
import org.mailkeep.crypto.RepositoryId;
import org.mailkeep.model.ObjectId;
import org.mailkeep.repository.index.IndexSync;
import org.mailkeep.repository.index.LocalIndex;
import org.mailkeep.repository.object.ObjectKind;
import org.mailkeep.repository.object.ObjectNames;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.pack.ChunkWriter;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.storage.Storage;

/** An open repository with its host state. */
public final class TestRepository implements AutoCloseable {

  /** The keys of all repositories in these tests. */
  public static final FullKeys KEYS = FullKeys.generate(new SecureRandom());

  private final Repository repository;
  private final StateDatabase state;
  private final LocalIndex index;

  private TestRepository(Repository repository, Path folder) {
    this.repository = repository;
    this.state = StateDatabase.open(folder);
    this.index = repository.index(state);
  }

  /** Makes one. */
  public static TestRepository create(Storage storage, Path folder) {
    Repository repository =
        Repository.create(
            storage,
            RepositoryId.generate(new SecureRandom()),
            Instant.EPOCH,
            KEYS,
            _ -> List.of());
    return new TestRepository(repository, folder);
  }

  /** Opens one; the index is as it was left. */
  public static TestRepository open(Storage storage, Path folder) {
    return new TestRepository(Repository.open(storage, _ -> KEYS), folder);
  }

  /** The repository. */
  public Repository repository() {
    return repository;
  }

  /** The host state. */
  public StateDatabase state() {
    return state;
  }

  /** The local index. */
  public LocalIndex index() {
    return index;
  }

  /** Between the local index and the repository. */
  public IndexSync sync() {
    return repository.sync(index);
  }

  /** A writer with two threads. */
  public ChunkWriter writer() {
    return repository.writer(index, KEYS.startSealing(), 1, 2);
  }

  /** A reader that keeps 8 MB. */
  public ChunkReader reader() {
    return repository.reader(index, 8 << 20);
  }

  /** Stores these chunks in packs, which no index segment names yet. */
  public void store(Collection<Chunk> chunks) {
    try (ChunkWriter writer = writer()) {
      chunks.forEach(chunk -> chunk.addTo(writer));
      writer.flush();
    }
  }

  /** Checks that all these chunks can be read. */
  public void assertHas(Collection<Chunk> chunks) {
    try (ChunkReader reader = reader()) {
      for (Chunk chunk : chunks) {
        assertThat(reader.read(chunk.id())).isEqualTo(chunk.bytes());
      }
    }
  }

  /** The ids of the packs in the storage, in order. */
  public List<ObjectId> packs() {
    return ids(ObjectKind.PACK);
  }

  /** The ids of all objects of a kind in the storage, in order. */
  public List<ObjectId> ids(ObjectKind kind) {
    List<ObjectId> ids = new ArrayList<>();
    repository
        .storage()
        .list(
            ObjectNames.folder(kind),
            object -> ObjectNames.id(kind, object.name()).ifPresent(ids::add));
    return ids.stream().sorted().toList();
  }

  /** Closes the state; the storage stays open. */
  @Override
  public void close() {
    state.close();
  }
}
