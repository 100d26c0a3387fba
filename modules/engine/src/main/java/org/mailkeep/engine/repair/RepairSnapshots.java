package org.mailkeep.engine.repair;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.mailkeep.crypto.SealingSession;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.TemporaryState;
import org.mailkeep.engine.WriteWindow;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.model.error.TooNewException;
import org.mailkeep.model.snapshot.Manifest;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.block.Compression;
import org.mailkeep.repository.index.IndexSync;
import org.mailkeep.repository.index.LocalIndex;
import org.mailkeep.repository.object.ObjectKind;
import org.mailkeep.repository.object.ObjectNames;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.pack.ChunkWriter;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.snapshot.SnapshotMarks.Mark;
import org.mailkeep.repository.state.StateDatabase;

/**
 * Gives each snapshot that lost files one beside it without them: the same moment, host, sources
 * and all that is left, with the lost files among those that could not be read. The old one stays
 * until it is to be forgotten, for a later backup may bring back what it lost.
 */
public final class RepairSnapshots {

  /** An option of a manifest, with the id of the snapshot that it was made from. */
  private static final String REPAIRED_FROM = "repaired from ";

  private static final long CACHE = 24L << 20;

  /** Lost files that a manifest names. */
  private static final int EXAMPLES = 100;

  private final Repository repository;
  private final StateDatabase state;
  private final RepairObserver observer;
  private final Cancellation cancellation;
  private final String program;

  /**
   * A repair of this repository's snapshots; index and packs have to be in order.
   *
   * @param state the host state
   * @param program name and version of the program
   */
  public RepairSnapshots(
      Repository repository,
      StateDatabase state,
      RepairObserver observer,
      Cancellation cancellation,
      String program) {
    this.repository = repository;
    this.state = state;
    this.observer = observer;
    this.cancellation = cancellation;
    this.program = program;
  }

  /**
   * What was done, or would be.
   *
   * @param snapshots snapshots looked at
   * @param damaged those that lost files
   * @param made new ones without these files
   * @param hopeless those of which nothing can be read
   * @param lostFiles lost files and directories, each as often as there are snapshots with it
   * @param forgotten damaged ones that were removed
   */
  public record Outcome(
      long snapshots, long damaged, long made, long hopeless, long lostFiles, long forgotten) {

    /** Whether there was nothing to do. */
    public boolean isNothing() {
      return damaged == 0 && hopeless == 0;
    }
  }

  /**
   * Repairs.
   *
   * @param forget whether to remove those that lost files, once there is one without these, and
   *     those of which nothing can be read
   * @param dryRun whether only to say what would be done
   */
  public Outcome run(boolean forget, boolean dryRun) {
    observer.stage("index");
    WriteWindow window = WriteWindow.open(InstantSource.system());
    LocalIndex index = repository.index(state);
    IndexSync sync = repository.sync(index);
    var _ = sync.pullToWrite();
    SealingSession session = repository.keys().startSealing();
    try (TemporaryState temporary = TemporaryState.create();
        ChunkReader reader = repository.reader(index, CACHE);
        ChunkWriter writer = repository.writer(index, session, Compression.DEFAULT_LEVEL, 0)) {
      observer.stage("snapshots");
      Work work =
          new Work(
              new WholeTrees(reader, index, temporary.database(), cancellation),
              new TreeSalvage(reader, repository.keys().hasher(), window.limit(writer)),
              () -> {
                writer.flush();
                sync.publish();
                requireUnpruned(window, sync);
              },
              session,
              forget,
              dryRun);
      List<Snapshot> snapshots = repository.snapshots().list(_ -> {});
      for (Snapshot snapshot : snapshots) {
        cancellation.check();
        work.repair(snapshot, snapshots);
      }
      work.dealWithUnreadable();
      return work.outcome(snapshots.size());
    }
  }

  private static void requireUnpruned(WriteWindow window, IndexSync sync) {
    if (window.isOvertaken(sync)) {
      throw new RefusedException(
          "While the snapshots were repaired, a prune removed content on which the repair relied",
          "Run it again: what was stored until now is found.");
    }
  }

  private static Optional<Snapshot> repaired(Snapshot from, List<Snapshot> snapshots) {
    String option = REPAIRED_FROM + from.id();
    return snapshots.stream()
        .filter(snapshot -> snapshot.manifest().options().contains(option))
        .findFirst();
  }

  /** One repair. */
  private final class Work {
    private final WholeTrees trees;
    private final TreeSalvage salvage;
    private final Runnable store;
    private final SealingSession session;
    private final boolean forget;
    private final boolean dryRun;
    private long damaged;
    private long made;
    private long hopeless;
    private long lostFiles;
    private long forgotten;

    Work(
        WholeTrees trees,
        TreeSalvage salvage,
        Runnable store,
        SealingSession session,
        boolean forget,
        boolean dryRun) {
      this.trees = trees;
      this.salvage = salvage;
      this.store = store;
      this.session = session;
      this.forget = forget;
      this.dryRun = dryRun;
    }

    void repair(Snapshot snapshot, List<Snapshot> all) {
      Entry root = snapshot.manifest().root();
      if (trees.isWhole(root)) {
        return;
      }
      damaged++;
      List<Manifest.Failure> lost = new ArrayList<>();
      long[] count = {0};
      LostFiles log =
          (path, problem) -> {
            count[0]++;
            if (lost.size() < EXAMPLES) {
              lost.add(new Manifest.Failure(path, "lost: " + problem));
            }
            observer.lost(snapshot.id(), path, problem);
          };
      Optional<Entry> left = salvage.withoutLost(root, trees, log, dryRun);
      lostFiles += count[0];
      Optional<Snapshot> there = repaired(snapshot, all);
      if (left.isEmpty()) {
        hopeless++;
        observer.found(name(snapshot.id()), "nothing of it can be read");
      } else if (there.isEmpty()) {
        made++;
        if (!dryRun) {
          store.run();
          Manifest manifest = manifest(snapshot, left.get(), count[0], lost);
          carryMarks(snapshot, repository.snapshots().save(manifest, session));
        }
      } else if (!dryRun) {
        // The run that made it may have been cut off before.
        carryMarks(snapshot, there.get());
      }
      if (forget) {
        forget(snapshot.id());
      }
    }

    /** What was decided of a snapshot holds for the one that stands in for it. */
    private void carryMarks(Snapshot from, Snapshot to) {
      List<Mark> marks = repository.marks().list(_ -> {});
      for (Mark mark : marks) {
        boolean isThere =
            marks.stream()
                .anyMatch(m -> m.snapshot().equals(to.id()) && m.meaning().equals(mark.meaning()));
        if (mark.snapshot().equals(from.id()) && !isThere) {
          var _ = repository.marks().add(to.id(), mark.meaning(), mark.time());
        }
      }
    }

    /** Snapshots whose manifests do not open; those of a later version are none of these. */
    void dealWithUnreadable() {
      Consumer<ObjectId> dealWith =
          id -> {
            hopeless++;
            observer.found(name(id), "it does not open");
            if (forget) {
              forget(id);
            }
          };
      for (ObjectId id : repository.snapshots().ids()) {
        try {
          var _ = repository.snapshots().load(id);
        } catch (DamagedException | StorageException e) {
          repository.requireReachable(e);
          dealWith.accept(id);
        } catch (NotFoundException | TooNewException e) {
          // Forgotten meanwhile, or for a newer program.
        }
      }
    }

    private void forget(ObjectId id) {
      forgotten++;
      if (!dryRun) {
        repository.snapshots().delete(id);
      }
    }

    private String name(ObjectId snapshot) {
      return ObjectNames.of(ObjectKind.SNAPSHOT, snapshot).toString();
    }

    private Manifest manifest(
        Snapshot from, Entry root, long lost, List<Manifest.Failure> examples) {
      Manifest old = from.manifest();
      List<Manifest.Failure> failures = new ArrayList<>(old.unreadable().failures());
      failures.addAll(examples);
      List<String> options = new ArrayList<>(old.options());
      options.add(REPAIRED_FROM + from.id());
      Manifest made =
          new Manifest(
              old.time(),
              Instant.now(),
              old.host(),
              old.sources(),
              old.profiles(),
              old.tags(),
              root,
              old.parent(),
              old.users(),
              old.groups(),
              old.accounts(),
              old.leftOut(),
              new Manifest.Unreadable(old.unreadable().count() + lost, failures),
              old.counts(),
              options,
              program);
      return old.massChange().map(made::with).orElse(made);
    }

    Outcome outcome(long snapshots) {
      return new Outcome(snapshots, damaged, made, hopeless, lostFiles, forgotten);
    }
  }
}
