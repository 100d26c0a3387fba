package org.mailkeep.cli.command;

import java.util.List;
import java.util.Set;
import org.mailkeep.cli.options.HostState;
import org.mailkeep.cli.options.Opening;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.browse.ServerTree;
import org.mailkeep.engine.browse.SnapshotTree;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.engine.history.History;
import org.mailkeep.engine.history.HistoryUpdate;
import org.mailkeep.engine.history.KnownMailbox;
import org.mailkeep.engine.mailbox.Mailboxes;
import org.mailkeep.engine.mailbox.SnapshotStore;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.Units;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.tree.TreeReader;

/** The message history of a repository, up to date. */
final class OpenHistory implements AutoCloseable {

  private final Repository repository;
  private final HostState state;
  private final History history;
  private final Terminal terminal;
  private final boolean incomplete;

  private OpenHistory(
      Repository repository,
      HostState state,
      History history,
      Terminal terminal,
      boolean incomplete) {
    this.repository = repository;
    this.state = state;
    this.history = history;
    this.terminal = terminal;
    this.incomplete = incomplete;
  }

  /** Opens it, and notes first the snapshots that it has not seen yet. */
  static OpenHistory open(
      RepositoryOptions options, Terminal terminal, boolean quiet, Cancellation cancellation) {
    Repository repository = new Opening(options, terminal).open();
    Set<ObjectId> present = Set.copyOf(repository.snapshots().ids());
    HostState state = HostState.any(options, repository, terminal);
    Watch watch = new Watch(terminal, quiet);
    if (HistoryUpdate.isBehind(state.database(), present)) {
      try (ChunkReader reader = OpenSnapshot.reader(repository, state, terminal)) {
        new HistoryUpdate(repository, state.database(), reader, watch, cancellation).run();
      }
      terminal.clearStatus();
    }
    return new OpenHistory(
        repository, state, new History(state.database(), present), terminal, watch.damaged);
  }

  Repository repository() {
    return repository;
  }

  /** Reads content by an index that is up to date. */
  ChunkReader reader() {
    return OpenSnapshot.reader(repository, state, terminal);
  }

  History history() {
    return history;
  }

  /**
   * The mailboxes that somebody means. Most are known by their paths; what only vpopmail's files
   * tell, such as the mailboxes of an alias domain, is looked up in the newest snapshot.
   *
   * @throws NotFoundException where there is none
   */
  List<KnownMailbox> mailboxes(String text) {
    List<KnownMailbox> found = history.mailboxes(text);
    if (found.isEmpty()) {
      found = inNewestSnapshot(text);
    }
    if (found.isEmpty()) {
      throw new NotFoundException(
          "No snapshot has a mailbox " + text,
          "See which there are with 'mailkeep mailbox list', or name a Maildir by its path.");
    }
    return found;
  }

  private List<KnownMailbox> inNewestSnapshot(String text) {
    List<Snapshot> snapshots = repository.snapshots().list(_ -> {});
    if (snapshots.isEmpty()) {
      return List.of();
    }
    Snapshot newest = snapshots.getLast();
    try (ChunkReader reader = OpenSnapshot.reader(repository, state, terminal)) {
      SnapshotTree tree = new SnapshotTree(newest, new TreeReader(reader));
      ServerTree server = new ServerTree(tree, new ContentReader(reader), RawPath.ROOT);
      RawPath maildir = Mailboxes.of(new SnapshotStore(server)).find(text).path();
      return history.mailbox(newest.manifest().host(), maildir).stream().toList();
    }
  }

  /** Whether something is missing in it that could not be read. */
  boolean isIncomplete() {
    return incomplete;
  }

  @Override
  public void close() {
    state.close();
    repository.close();
  }

  private static final class Watch implements HistoryUpdate.Observer {
    private final Terminal terminal;
    private final boolean quiet;
    private boolean damaged;

    Watch(Terminal terminal, boolean quiet) {
      this.terminal = terminal;
      this.quiet = quiet;
    }

    @Override
    public void noting(int done, int all) {
      if (!quiet) {
        terminal.status(
            "Reading the message history: " + done + " of " + Units.count(all, "snapshot"));
      }
    }

    @Override
    public void damaged(MailkeepException problem) {
      terminal.note("mailkeep: " + problem.getMessage());
      damaged = true;
    }
  }
}
