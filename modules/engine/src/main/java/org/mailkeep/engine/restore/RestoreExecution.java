package org.mailkeep.engine.restore;

import java.util.Optional;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.ParallelTasks;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.model.account.OwnerMapping;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.unix.Directory;

/** What a restore does once nothing speaks against it: write, remove, make durable, verify. */
final class RestoreExecution {

  private final WantedTree wanted;
  private final ChunkReader reader;
  private final RestoreSettings settings;
  private final OwnerMapping mapping;
  private final EntryComparison comparison;
  private final MetadataWriter metadata;
  private final RestoreObserver observer;
  private final RestoreLog log;
  private final Cancellation cancellation;

  RestoreExecution(
      WantedTree wanted,
      ChunkReader reader,
      RestoreSettings settings,
      OwnerMapping mapping,
      RestoreObserver observer,
      RestoreLog log,
      Cancellation cancellation) {
    this.wanted = wanted;
    this.reader = reader;
    this.settings = settings;
    this.mapping = mapping;
    this.comparison = new EntryComparison(settings.owner(), mapping);
    this.metadata = new MetadataWriter(settings.owner(), mapping, log);
    this.observer = observer;
    this.log = log;
    this.cancellation = cancellation;
  }

  /**
   * Does it. What is done is on disk when this returns.
   *
   * @param spared what is not to be removed, where anything is
   */
  void run(Directory target, Preflight preflight, Optional<SparedPaths> spared) {
    observer.planned(preflight.files(), preflight.bytes());
    try (WrittenFileSystems fileSystems = new WrittenFileSystems();
        ParallelTasks tasks = new ParallelTasks(settings.parallelism().readers())) {
      write(target, fileSystems, tasks);
      spared.ifPresent(paths -> remove(target, paths));
      fileSystems.sync();
      if (settings.verify()) {
        observer.verifying(preflight.files(), preflight.bytes());
        verify(target, tasks);
      }
    }
  }

  private void write(Directory target, WrittenFileSystems fileSystems, ParallelTasks tasks) {
    Decisions decisions = new Decisions(settings.existing(), comparison, new ContentReader(reader));
    FileWriting writing = new FileWriting(metadata, new AccountFiles(mapping), log);
    DirectoryFinish finish = new DirectoryFinish(comparison, metadata, log);
    try (LinkGroups groups = new LinkGroups();
        RestoredDirectory root =
            RestoredDirectory.target(wanted.base(), target.duplicate(), fileSystems)) {
      HardLinks links = new HardLinks(target, settings.base(), groups, decisions, writing, log);
      FileRestore work = new FileRestore(decisions, writing, links, log);
      try (RestoreWindow window =
          new RestoreWindow(reader, work, finish, tasks, fileSystems, cancellation)) {
        new RestoreWalk(wanted, window, log).walk(root);
        window.flush();
      }
      finish.finish(root);
    }
  }

  /** Only once all is there: what is removed might have been the last copy of something. */
  private void remove(Directory target, SparedPaths spared) {
    if (log.problemCount() > 0) {
      observer.warning("nothing was removed, for not everything could be restored");
      return;
    }
    try {
      SurplusRemover remover = new SurplusRemover(metadata, log);
      new SurplusRemoval(wanted, spared, remover, cancellation).run(target);
    } catch (SystemCallException e) {
      log.problem(settings.target(), "not all surplus removed: " + e.getMessage());
    } catch (UnreadableException e) {
      log.problem(settings.target(), "not all surplus removed: " + e.getMessage());
    }
  }

  private void verify(Directory target, ParallelTasks tasks) {
    try (LinkGroups groups = new LinkGroups()) {
      new Verification(reader, comparison, groups, tasks, cancellation, log).run(wanted, target);
    }
  }
}
