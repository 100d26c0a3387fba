package org.mailkeep.cli.command;

import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.mailkeep.cli.options.HostState;
import org.mailkeep.cli.options.Opening;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.options.SnapshotPart;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.browse.ServerTree;
import org.mailkeep.engine.browse.SnapshotTree;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.engine.history.History;
import org.mailkeep.engine.mailbox.HostStore;
import org.mailkeep.engine.mailbox.Mailbox;
import org.mailkeep.engine.mailbox.Mailboxes;
import org.mailkeep.engine.mailbox.SnapshotStore;
import org.mailkeep.engine.recover.StoredMailbox;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.snapshot.SnapshotQuery;
import org.mailkeep.repository.tree.TreeReader;

/** A mailbox as it was at some time, with the repository open and its index up to date. */
final class OpenMailbox implements AutoCloseable {

  private static final Pattern TIME = Pattern.compile("@?(\\d{4}-.*)");

  private final Repository repository;
  private final HostState state;
  private final ChunkReader reader;
  private final RawPath root;
  private Optional<Chosen> chosen = Optional.empty();

  /** A snapshot and the mailbox in it. */
  private record Chosen(Snapshot snapshot, SnapshotStore store, Mailbox mailbox) {}

  private OpenMailbox(Repository repository, HostState state, ChunkReader reader, RawPath root) {
    this.repository = repository;
    this.state = state;
    this.reader = reader;
    this.root = root;
  }

  /**
   * Opens it.
   *
   * @param at a snapshot as {@link SnapshotQuery} has it, or a time: then the newest snapshot at or
   *     before it that has the mailbox; behind a colon perhaps where the server's root is in it
   * @param name user@domain, or a path
   * @param writes whether something is going to be written to the repository
   */
  static OpenMailbox open(
      RepositoryOptions options, String at, String name, boolean writes, Terminal terminal) {
    SnapshotPart part = SnapshotPart.parse(at);
    Repository repository = new Opening(options, terminal).open();
    HostState state =
        writes ? HostState.own(options, repository) : HostState.any(options, repository, terminal);
    ChunkReader reader = OpenSnapshot.reader(repository, state, terminal);
    OpenMailbox open = new OpenMailbox(repository, state, reader, part.path());
    boolean done = false;
    try {
      open.choose(part.snapshot(), name, terminal);
      done = true;
    } finally {
      if (!done) {
        open.close();
      }
    }
    return open;
  }

  private void choose(String at, String name, Terminal terminal) {
    List<Snapshot> all =
        repository.snapshots().list(e -> terminal.note("mailkeep: " + e.getMessage()));
    SnapshotQuery query = new SnapshotQuery(ZoneId.systemDefault());
    var time = TIME.matcher(at);
    if (!time.matches()) {
      Snapshot snapshot = query.find(at, all);
      SnapshotStore store = store(snapshot);
      chosen = Optional.of(new Chosen(snapshot, store, Mailboxes.of(store).find(name)));
      return;
    }
    // Another host's snapshots may be in between; those that are alike are looked at once.
    Set<Entry> seen = new HashSet<>();
    NotFoundException last = null;
    for (Snapshot snapshot : query.upTo(time.group(1), all)) {
      if (seen.add(snapshot.manifest().root())) {
        SnapshotStore store = store(snapshot);
        try {
          chosen = Optional.of(new Chosen(snapshot, store, Mailboxes.of(store).find(name)));
          return;
        } catch (NotFoundException e) {
          last = last == null ? e : last;
        }
      }
    }
    if (last != null) {
      throw last;
    }
    // Says which is the oldest.
    var _ = query.find("@" + time.group(1), all);
  }

  private SnapshotStore store(Snapshot snapshot) {
    SnapshotTree tree = new SnapshotTree(snapshot, new TreeReader(reader));
    return new SnapshotStore(new ServerTree(tree, new ContentReader(reader), root));
  }

  Repository repository() {
    return repository;
  }

  HostState state() {
    return state;
  }

  /** What this host has noted of messages, as far as it goes. */
  History history() {
    return new History(state.database(), Set.copyOf(repository.snapshots().ids()));
  }

  ChunkReader reader() {
    return reader;
  }

  Snapshot snapshot() {
    return chosen.orElseThrow().snapshot();
  }

  /** The mailbox as it was. */
  StoredMailbox stored() {
    return new StoredMailbox(chosen.orElseThrow().store(), chosen.orElseThrow().mailbox());
  }

  /** Where the mailbox is on this host: where vpopmail's files say, else where it was. */
  RawPath livePath() {
    return Mailboxes.of(new HostStore()).locate(chosen.orElseThrow().mailbox());
  }

  @Override
  public void close() {
    reader.close();
    state.close();
    repository.close();
  }
}
