package org.mailkeep.cli.options;

import java.nio.file.Path;
import org.mailkeep.cli.output.Terminal;
import org.mailkeep.engine.TemporaryState;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.state.StateBusyException;
import org.mailkeep.repository.state.StateDatabase;

/** This host's state for a repository, or a temporary one while another process has it. */
public final class HostState implements AutoCloseable {

  private final StateDatabase database;
  private final AutoCloseable resource;

  private HostState(StateDatabase database, AutoCloseable resource) {
    this.database = database;
    this.resource = resource;
  }

  /**
   * The state, for a command that writes.
   *
   * @throws RefusedException where another process has it
   */
  public static HostState own(RepositoryOptions options, Repository repository) {
    Path folder = folder(options, repository);
    try {
      StateDatabase database = StateDatabase.open(folder);
      return new HostState(database, database);
    } catch (StateBusyException e) {
      throw new RefusedException(
          "Another mailkeep on this host is writing to the repository",
          "Wait until it has ended (it holds " + e.folder() + ").",
          e);
    }
  }

  /** The state, for a command that reads: a temporary one where another process has it. */
  public static HostState any(RepositoryOptions options, Repository repository, Terminal terminal) {
    try {
      StateDatabase database = StateDatabase.open(folder(options, repository));
      return new HostState(database, database);
    } catch (StateBusyException e) {
      if (terminal.isWatched()) {
        terminal.note("Another mailkeep is at work on this host; reading the index anew …");
      }
      TemporaryState temporary = TemporaryState.create();
      return new HostState(temporary.database(), temporary);
    }
  }

  /** The folder for what a host keeps of the copies that it makes of a repository. */
  public static Path copies(RepositoryOptions options, Repository repository) {
    return options.stateDirectory().resolve("copies").resolve(repository.config().id().toString());
  }

  /**
   * A state for the making of copies, apart from the one of backups, so that these can run
   * meanwhile.
   *
   * @param name tells it from others of the same repository
   * @throws RefusedException where another process has it
   */
  public static HostState ofCopy(RepositoryOptions options, Repository repository, String name) {
    try {
      StateDatabase database = StateDatabase.open(copies(options, repository).resolve(name));
      return new HostState(database, database);
    } catch (StateBusyException e) {
      throw new RefusedException(
          "Another mailkeep on this host is copying this repository",
          "Wait until it has ended (it holds " + e.folder() + ").",
          e);
    }
  }

  /**
   * What this host remembers of checks, apart from the rest, so that a check of many hours is in
   * nobody's way; a temporary one while another check has it.
   */
  public static HostState checks(
      RepositoryOptions options, Repository repository, Terminal terminal) {
    Path folder = options.stateDirectory().resolve(repository.config().id() + ".checks");
    try {
      StateDatabase database = StateDatabase.open(folder);
      return new HostState(database, database);
    } catch (StateBusyException e) {
      terminal.note(
          "mailkeep: another check is at work on this host; what this one reads is not remembered");
      TemporaryState temporary = TemporaryState.create();
      return new HostState(temporary.database(), temporary);
    }
  }

  /**
   * What the web page knows of a repository, apart from the rest, so that backups run while it is
   * served.
   *
   * @throws RefusedException where another page has it
   */
  public static HostState web(RepositoryOptions options, Repository repository) {
    Path folder = options.stateDirectory().resolve(repository.config().id() + ".web");
    try {
      StateDatabase database = StateDatabase.open(folder);
      return new HostState(database, database);
    } catch (StateBusyException e) {
      throw new RefusedException(
          "Another mailkeep on this host is serving this repository",
          "Use that one, or give this one a --state-dir of its own.",
          e);
    }
  }

  private static Path folder(RepositoryOptions options, Repository repository) {
    return options.stateDirectory().resolve(repository.config().id().toString());
  }

  /** The database. */
  public StateDatabase database() {
    return database;
  }

  @Override
  public void close() {
    try {
      resource.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
