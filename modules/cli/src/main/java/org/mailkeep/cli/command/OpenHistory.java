package org.mailkeep.cli.command;

import java.util.Set;
import org.mailkeep.cli.options.HostState;
import org.mailkeep.cli.options.Opening;
import org.mailkeep.cli.options.RepositoryOptions;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.cli.output.Units;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.history.History;
import org.mailkeep.engine.history.HistoryUpdate;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.pack.ChunkReader;

/** The message history of a repository, up to date. */
final class OpenHistory implements AutoCloseable {

  private final Repository repository;
  private final HostState state;
  private final History history;
  private final boolean incomplete;

  private OpenHistory(Repository repository, HostState state, History history, boolean incomplete) {
    this.repository = repository;
    this.state = state;
    this.history = history;
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
        repository, state, new History(state.database(), present), watch.damaged);
  }

  History history() {
    return history;
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
