package org.mailkeep.cli.command;

import java.time.ZoneId;
import org.mailkeep.cli.options.HostState;
import org.mailkeep.cli.options.Opening;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.options.SnapshotPart;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.browse.SnapshotTree;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.index.IndexSync;
import org.mailkeep.repository.index.LocalIndex;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.snapshot.SnapshotQuery;
import org.mailkeep.repository.tree.TreeReader;

/** A repository open for reading, its index up to date, and one snapshot of it. */
final class OpenSnapshot implements AutoCloseable {

  private static final long CACHE = 24L << 20;

  private final Repository repository;
  private final HostState state;
  private final ChunkReader reader;
  private final Snapshot snapshot;

  private OpenSnapshot(
      Repository repository, HostState state, ChunkReader reader, Snapshot snapshot) {
    this.repository = repository;
    this.state = state;
    this.reader = reader;
    this.snapshot = snapshot;
  }

  /** The snapshot that {@code text} means. */
  static OpenSnapshot open(RepositoryOptions options, String text, Terminal terminal) {
    Repository repository = new Opening(options, terminal).open();
    Snapshot snapshot = find(repository, text, terminal);
    HostState state = HostState.any(options, repository, terminal);
    ChunkReader reader = reader(repository, state, terminal);
    return new OpenSnapshot(repository, state, reader, snapshot);
  }

  /** The snapshot that {@code text} means, of which nothing but the manifest is wanted. */
  static Snapshot find(RepositoryOptions options, String text, Terminal terminal) {
    SnapshotPart part = SnapshotPart.parse(text);
    if (!part.path().equals(RawPath.ROOT)) {
      throw new UsageException(
          "'" + text + "' names a part of a snapshot, and this is about the whole",
          "Write '" + part.snapshot() + "' alone.");
    }
    try (Repository repository = new Opening(options, terminal).open()) {
      return find(repository, part.snapshot(), terminal);
    }
  }

  private static Snapshot find(Repository repository, String text, Terminal terminal) {
    return new SnapshotQuery(ZoneId.systemDefault())
        .find(text, repository.snapshots().list(e -> terminal.note("mailkeep: " + e.getMessage())));
  }

  /** Reads chunks by this host's index, which is brought up to date first. */
  static ChunkReader reader(Repository repository, HostState state, Terminal terminal) {
    LocalIndex index = repository.index(state.database());
    IndexSync.Outcome outcome = repository.sync(index).pull();
    outcome.damaged().forEach(e -> terminal.note("mailkeep: " + e.getMessage()));
    return repository.reader(index, CACHE);
  }

  Snapshot snapshot() {
    return snapshot;
  }

  ChunkReader reader() {
    return reader;
  }

  SnapshotTree tree() {
    return new SnapshotTree(snapshot, new TreeReader(reader));
  }

  /** The tree of another snapshot of the same repository. */
  SnapshotTree tree(String text, Terminal terminal) {
    return new SnapshotTree(find(repository, text, terminal), new TreeReader(reader));
  }

  @Override
  public void close() {
    reader.close();
    state.close();
    repository.close();
  }
}
