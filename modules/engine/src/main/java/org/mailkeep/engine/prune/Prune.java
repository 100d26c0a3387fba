package org.mailkeep.engine.prune;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.TemporaryState;
import org.mailkeep.engine.WriteWindow;
import org.mailkeep.engine.prune.PruneReport.Amount;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.block.Compression;
import org.mailkeep.repository.index.CondemnedPacks;
import org.mailkeep.repository.index.IndexSync;
import org.mailkeep.repository.index.LocalIndex;
import org.mailkeep.repository.object.SealedDocument;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.pack.ChunkWriter;

/** Removes what no snapshot needs, in two runs with a time of grace between them. */
public final class Prune {

  private static final long CACHE = 32L << 20;

  /** Clocks of hosts may differ by so much before a prune refuses to go on. */
  private static final Duration TOLERANCE = Duration.ofHours(1);

  private final Repository repository;
  private final PruneSettings settings;
  private final PruneObserver observer;
  private final Cancellation cancellation;
  private final InstantSource clock;
  private final int threads;

  /**
   * A prune of this repository.
   *
   * @param threads how many compress and store beside the one that reads
   * @param clock says what time it is
   */
  public Prune(
      Repository repository,
      PruneSettings settings,
      PruneObserver observer,
      Cancellation cancellation,
      int threads,
      InstantSource clock) {
    this.repository = repository;
    this.settings = settings;
    this.observer = observer;
    this.cancellation = cancellation;
    this.threads = threads;
    this.clock = clock;
  }

  /**
   * Does it.
   *
   * @throws RefusedException where it cannot be told what the snapshots need, or a clock is wrong;
   *     nothing was removed
   * @throws org.mailkeep.model.error.KeyException where the key may not read
   */
  public PruneReport run() {
    Object _ = SealedDocument.opener(repository.keys());
    Instant start = clock.instant();
    WriteWindow window = WriteWindow.open(clock);
    try (TemporaryState state = TemporaryState.create();
        Marks marks = new Marks(state.database())) {
      LocalIndex index = new LocalIndex(state.database());
      IndexSync sync = repository.sync(index);
      observer.stage("index", 0, 0);
      requireSound(sync.pullToWrite());
      if (!settings.dryRun()) {
        sync.publish();
      }
      List<CondemnedPacks.Condemned> lists = lists(index);
      try (ChunkReader reader = repository.reader(index, CACHE)) {
        return run(
            new Work(index, sync, marks, state.database().folder(), reader, window, lists), start);
      } catch (UnreadableException e) {
        throw refusal(e);
      }
    }
  }

  /** What the steps of one run share. */
  private record Work(
      LocalIndex index,
      IndexSync sync,
      Marks marks,
      Path folder,
      ChunkReader reader,
      WriteWindow window,
      List<CondemnedPacks.Condemned> lists) {}

  private PruneReport run(Work work, Instant start) {
    LocalIndex index = work.index;
    Marking marking =
        new Marking(
            repository,
            index,
            work.reader,
            work.marks,
            work.folder,
            () -> requireSound(work.sync.pullToWrite()),
            cancellation);
    observer.stage("snapshots", 0, 0);
    boolean _ = marking.walkNew();
    requireClock(marking, work.lists, start);
    PackTables tables = new PackTables(repository, index, cancellation);
    observer.stage("packs", 0, 0);
    Census census = Census.take(tables, index, work.marks);
    Plan plan = Plan.make(census, index, work.lists, settings, start);
    PruneSummary summary = new PruneSummary(census, plan, index, work.lists);
    if (settings.dryRun()) {
      return summary.wouldBe(marking.snapshots(), settings.atOnce());
    }
    Removal removal = new Removal(repository, index, observer);
    BitSet gone = new BitSet();
    if (!settings.atOnce()) {
      observer.stage("removing", plan.remove().cardinality(), 0);
      gone.or(removal.remove(removable(marking, work, plan.remove())));
      // Nothing may be read from there any more.
      boolean _ = index.remove(gone);
    }
    Amount written = rewrite(work, tables, census, plan);
    List<CondemnedPacks.Condemned> added = condemn(work, plan.condemn());
    if (settings.atOnce()) {
      observer.stage("removing", plan.going().cardinality(), 0);
      gone.or(removal.remove(removable(marking, work, plan.going())));
      removal.removeLists(added, gone);
    }
    removal.removeLists(work.lists, gone);
    removal.removeParity(gone);
    return summary.done(marking.snapshots(), gone, written, added, removal.undeletable());
  }

  /** Looks once more for snapshots that came meanwhile, until there are none. */
  private static BitSet removable(Marking marking, Work work, BitSet packs) {
    BitSet free = (BitSet) packs.clone();
    if (!packs.isEmpty()) {
      boolean more = true;
      while (more) {
        more = marking.walkNew();
      }
      packs.stream().filter(work.marks::isAnyNeededIn).forEach(free::clear);
      Plan.spareBases(work.index, free);
    }
    return free;
  }

  private Amount rewrite(Work work, PackTables tables, Census census, Plan plan) {
    work.index.setAside(plan.condemn());
    if (plan.rewrite().isEmpty()) {
      return Amount.NONE;
    }
    Amount amount = census.amount(plan.rewrite());
    observer.stage("rewriting", amount.packs(), amount.bytes());
    RewriteIndex stored = new RewriteIndex(work.index, work.marks);
    try (ChunkWriter writer =
        repository.writer(
            stored, repository.keys().startSealing(), Compression.DEFAULT_LEVEL, threads)) {
      work.window.guard(writer);
      new Rewriting(work.index, work.marks, work.reader, stored, writer, work.window, observer)
          .run(tables, plan.rewrite(), plan.going());
    }
    work.sync.publish();
    plan.rewrite().stream().forEach(work.marks::clearNeeded);
    return stored.written();
  }

  private List<CondemnedPacks.Condemned> condemn(Work work, BitSet packs) {
    work.window.requireTime();
    List<ObjectId> ids = packs.stream().mapToObj(work.index::pack).toList();
    List<CondemnedPacks.Condemned> lists = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += CondemnedPacks.MAX_PACKS) {
      List<ObjectId> some =
          ids.subList(from, Math.min(ids.size(), from + CondemnedPacks.MAX_PACKS));
      lists.add(repository.condemned().write(clock.instant(), settings.grace(), some));
    }
    return lists;
  }

  private List<CondemnedPacks.Condemned> lists(LocalIndex index) {
    List<CondemnedPacks.Condemned> lists = new ArrayList<>();
    for (ObjectId id : index.condemnedLists()) {
      try {
        lists.add(repository.condemned().read(id));
      } catch (NotFoundException e) {
        // Another prune is done with it.
      }
    }
    return lists;
  }

  private static void requireSound(IndexSync.Outcome outcome) {
    if (!outcome.damaged().isEmpty()) {
      throw refusal(outcome.damaged().getFirst());
    }
  }

  private static RefusedException refusal(UnreadableException e) {
    return new RefusedException(
        "A prune needs a sound repository: " + e.getMessage(),
        "What is needed was not removed. Run 'mailkeep check'; if another prune is running, wait"
            + " for its end and run this one again.",
        e);
  }

  /** Where clocks differ much, one of them is wrong, and nobody knows which grace time is over. */
  private static void requireClock(
      Marking marking, List<CondemnedPacks.Condemned> lists, Instant now) {
    Instant newest =
        lists.stream()
            .map(CondemnedPacks.Condemned::time)
            .reduce(marking.newest(), (a, b) -> a.isAfter(b) ? a : b);
    if (newest.isAfter(now.plus(TOLERANCE))) {
      throw new RefusedException(
          "The repository has something from "
              + newest.truncatedTo(ChronoUnit.SECONDS)
              + ", and this host's clock says "
              + now.truncatedTo(ChronoUnit.SECONDS),
          "Nothing was removed. Set the clock that is wrong, here or on the host that wrote it.");
    }
  }
}
