package org.mailkeep.engine.verify;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.mailkeep.crypto.KeySlot;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.ParallelTasks;
import org.mailkeep.engine.Parallelism;
import org.mailkeep.engine.TemporaryState;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.RepositoryConfig;
import org.mailkeep.repository.index.LocalIndex;
import org.mailkeep.repository.object.ObjectKind;
import org.mailkeep.repository.object.ObjectNames;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.pack.MendedPack;
import org.mailkeep.repository.pack.PackReader;
import org.mailkeep.repository.pack.PackTable;
import org.mailkeep.repository.parity.PackParity;
import org.mailkeep.repository.snapshot.Snapshot;

/**
 * Checks a repository by itself: nothing of the host state is believed. Key slots and snapshots are
 * opened, an index is built anew from the segments, every pack they name must be there in full
 * length, every tree is walked and every chunk in it must be in the index. Of the packs that are to
 * be read, every block is opened and every chunk proven too.
 */
public final class Check {

  private static final long CACHE = 24L << 20;

  private final Repository repository;
  private final Parallelism parallelism;
  private final CheckObserver observer;
  private final Cancellation cancellation;
  private final Findings findings = new Findings();

  /** A check of this repository. */
  public Check(
      Repository repository,
      Parallelism parallelism,
      CheckObserver observer,
      Cancellation cancellation) {
    this.repository = repository;
    this.parallelism = parallelism;
    this.observer = observer;
    this.cancellation = cancellation;
  }

  /**
   * Checks, and goes on to the end whatever it finds.
   *
   * @param subset the packs to read
   * @param checks where to remember what was read; without, those packs are taken for the oldest
   *     that have the least ids
   */
  public CheckReport run(DataSubset subset, Optional<PackChecks> checks) {
    // One of its own, so that each pack that must be mended is told, whoever read it before.
    PackReader packs = new PackReader(repository.storage(), repository.keys());
    packs.onMended(this::mended);
    try (TemporaryState state = TemporaryState.create()) {
      observer.stage("key slots");
      checkConfig();
      checkSlots();
      var _ = repository.marks().list(this::unusable);
      // Before the index: it has all that these need, and not what a backup stores from now on.
      Collection<ObjectId> snapshots = repository.snapshots().ids();
      observer.stage("index");
      LocalIndex index = new LocalIndex(state.database());
      IndexCheck indexed = new IndexCheck(repository, index, findings, cancellation);
      LostChunks lost = new LostChunks(state.database());
      PackInventory inventory = new PackInventory(state.database(), checks);
      listPacks(packs, index, inventory, indexed.leaving());
      indexed.checkSizes(lost);
      indexed.checkBases();
      checkParity(inventory);
      PackInventory.Choice choice = inventory.choose(subset);
      observer.planned(choice.packs(), choice.bytes());
      try (ChunkReader reader = new ChunkReader(index, packs, repository.keys(), CACHE)) {
        if (choice.packs() > 0) {
          observer.stage("packs");
          PackProof proof =
              new PackProof(
                  repository, packs, reader, indexed, findings, lost, checks, cancellation);
          readPacks(indexed, index, packs, inventory, proof);
        }
        observer.stage("snapshots");
        checkSnapshots(snapshots, reader, index, lost, state);
      }
      return findings.report(inventory.coverage());
    }
  }

  private void mended(MendedPack pack) {
    findings.damaged(
        pack.name(),
        pack.badSectors()
            + (pack.badSectors() == 1 ? " bad sector" : " bad sectors")
            + ", mended by its parity; run 'mailkeep repair packs' to write it anew");
  }

  private void checkConfig() {
    String name = RepositoryConfig.NAME.toString();
    try {
      RepositoryConfig config =
          RepositoryConfig.decode(repository.storage().get(RepositoryConfig.NAME));
      config.prove(repository.keys());
      if (!config.id().equals(repository.config().id())) {
        findings.damaged(name, "it belongs to another repository");
      }
    } catch (UnreadableException | NotFoundException e) {
      findings.damaged(name, e);
    }
  }

  private void checkSlots() {
    List<KeySlot> slots = repository.slots().list(this::unusable);
    for (KeySlot slot : slots) {
      if (!slot.isAuthentic(repository.keys())) {
        findings.damaged(slot.objectName(), "it was not written by a holder of the keys");
      }
    }
  }

  private void unusable(MailkeepException e) {
    findings.damaged(e instanceof DamagedException damaged ? damaged.object() : "newer object", e);
  }

  /** Takes note of all packs; those that no segment names are read for themselves. */
  private void listPacks(
      PackReader packs, LocalIndex index, PackInventory inventory, Set<ObjectId> leaving) {
    AtomicLong setAside = new AtomicLong();
    repository
        .storage()
        .list(
            ObjectNames.folder(ObjectKind.PACK),
            object -> {
              cancellation.check();
              var id = ObjectNames.id(ObjectKind.PACK, object.name());
              if (id.isEmpty()) {
                findings.note(object.name() + " is not one of this program's objects");
              } else if (index.hasPack(id.get())) {
                inventory.add(id.get(), object.size());
              } else if (repository.setAside().contains(id.get())) {
                setAside.incrementAndGet();
              } else if (leaving.contains(id.get())) {
                findings.note(
                    object.name()
                        + " is condemned, and no index segment names it any more: a prune"
                        + " is at work, or was cut off");
              } else {
                inventory.add(id.get(), object.size());
                addUnindexed(packs, id.get(), index);
              }
            });
    if (setAside.get() > 0) {
      findings.note(
          (setAside.get() == 1 ? "1 damaged pack is" : setAside + " damaged packs are")
              + " set aside, and nothing needs it; 'mailkeep repair packs --delete-set-aside'"
              + " removes it");
    }
    findings.packs.set(inventory.count());
  }

  private void addUnindexed(PackReader packs, ObjectId pack, LocalIndex index) {
    try {
      index.add(packs.table(pack));
      findings.note(
          PackReader.name(pack) + " is in no index segment: left by a backup that was cut off");
    } catch (UnreadableException | StorageException e) {
      repository.requireReachable(e);
      findings.damaged(PackReader.name(pack).toString(), e);
    }
  }

  /** Which packs have parity; whether it is whole is seen when the pack is read. */
  private void checkParity(PackInventory inventory) {
    OptionalInt percent = OptionalInt.empty();
    try {
      percent = repository.paritySetting().percent();
    } catch (UnreadableException e) {
      findings.damaged(e.object(), e);
    }
    if (percent.isEmpty()) {
      return;
    }
    repository
        .storage()
        .list(
            PackParity.folder(),
            object -> PackParity.pack(object.name()).ifPresent(inventory::hasParity));
    long without = inventory.withoutParity();
    if (without > 0) {
      findings.note(
          (without == 1 ? "1 pack has" : without + " packs have")
              + " no parity; 'mailkeep repair parity' makes it");
    }
  }

  private void readPacks(
      IndexCheck indexed,
      LocalIndex index,
      PackReader packs,
      PackInventory inventory,
      PackProof proof) {
    try (ParallelTasks tasks = new ParallelTasks(parallelism.readers())) {
      for (ObjectId segment : indexed.segments()) {
        readPacks(indexed.tables(segment), inventory, proof, tasks);
      }
      for (ObjectId pack : index.unpublishedIds()) {
        if (inventory.isWanted(pack)) {
          readPacks(List.of(packs.table(pack)), inventory, proof, tasks);
        }
      }
    }
  }

  private void readPacks(
      List<PackTable> packs, PackInventory inventory, PackProof proof, ParallelTasks tasks) {
    tasks.run(
        packs.stream()
            .filter(pack -> inventory.isWanted(pack.pack()))
            .<Runnable>map(
                pack ->
                    () -> {
                      proof.read(pack);
                      observer.packDone(pack.size());
                    })
            .toList());
  }

  private void checkSnapshots(
      Collection<ObjectId> snapshots,
      ChunkReader reader,
      LocalIndex index,
      LostChunks lost,
      TemporaryState state) {
    // Nearly always all is there, and that can be told quickly.
    if (lost.isEmpty()
        && new QuickWalk(repository, reader, index, state.database(), cancellation)
            .isAllThere(snapshots)) {
      findings.snapshots.set(snapshots.size());
      return;
    }
    SnapshotWalk walk =
        new SnapshotWalk(repository, reader, index, lost, state.database(), findings, cancellation);
    for (ObjectId id : snapshots) {
      load(id)
          .ifPresent(
              snapshot -> {
                findings.snapshots.incrementAndGet();
                walk.walk(snapshot);
              });
    }
  }

  private Optional<Snapshot> load(ObjectId id) {
    try {
      return Optional.of(repository.snapshots().load(id));
    } catch (UnreadableException e) {
      findings.damaged(ObjectNames.of(ObjectKind.SNAPSHOT, id).toString(), e);
    } catch (NotFoundException e) {
      findings.note("a snapshot was forgotten while the check ran");
    }
    return Optional.empty();
  }
}
