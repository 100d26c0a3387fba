package org.mailkeep.engine.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import org.mailkeep.model.error.TooNewException;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.RepositoryConfig;
import org.mailkeep.repository.block.BlockInfo;
import org.mailkeep.repository.index.BlockLocation;
import org.mailkeep.repository.index.LocalIndex;
import org.mailkeep.repository.object.ObjectKind;
import org.mailkeep.repository.object.ObjectNames;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.pack.PackReader;
import org.mailkeep.repository.pack.PackTable;
import org.mailkeep.repository.snapshot.Snapshot;

/**
 * Checks a repository by itself: nothing of the host state is believed. Key slots and snapshots are
 * opened, an index is built anew from the segments, every pack they name must be there in full
 * length, every tree is walked and every chunk in it must be in the index. With {@code readData}
 * every block of every pack is opened and every chunk proven too.
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

  /** Checks, and goes on to the end whatever it finds. */
  public CheckReport run(boolean readData) {
    try (TemporaryState state = TemporaryState.create()) {
      observer.stage("key slots");
      checkConfig();
      checkSlots();
      observer.stage("index");
      LocalIndex index = new LocalIndex(state.database());
      List<ObjectId> segments = loadIndex(index);
      LostChunks lost = new LostChunks(state.database());
      checkPacks(segments, index, lost);
      try (ChunkReader reader = repository.reader(index, CACHE)) {
        if (readData) {
          observer.stage("packs");
          readPacks(segments, index, reader, lost);
        }
        observer.stage("snapshots");
        checkSnapshots(reader, index, lost, state);
      }
    }
    return findings.report();
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
    } catch (DamagedException | TooNewException | NotFoundException e) {
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

  private List<ObjectId> loadIndex(LocalIndex index) {
    List<ObjectId> readable = new ArrayList<>();
    for (ObjectId segment : repository.segments().list()) {
      cancellation.check();
      try {
        index.addPublished(segment, repository.segments().read(segment));
        readable.add(segment);
      } catch (DamagedException | TooNewException e) {
        findings.damaged(ObjectNames.of(ObjectKind.INDEX, segment).toString(), e);
      } catch (NotFoundException e) {
        findings.note("an index segment was replaced while the check ran");
      }
    }
    return readable;
  }

  /** Sizes of all packs against the index; those that no segment names are read for themselves. */
  private void checkPacks(List<ObjectId> segments, LocalIndex index, LostChunks lost) {
    AtomicLong count = new AtomicLong();
    AtomicLong bytes = new AtomicLong();
    repository
        .storage()
        .list(
            ObjectNames.folder(ObjectKind.PACK),
            object -> {
              var id = ObjectNames.id(ObjectKind.PACK, object.name());
              if (id.isEmpty()) {
                findings.note(object.name() + " is not one of this program's objects");
                return;
              }
              count.incrementAndGet();
              bytes.addAndGet(object.size());
              if (!index.hasPack(id.get())) {
                addUnindexed(id.get(), index);
              }
            });
    observer.planned(count.get(), bytes.get());
    findings.packs.set(count.get());
    for (ObjectId segment : segments) {
      for (PackTable pack : repository.segments().read(segment)) {
        checkSize(pack, lost);
      }
    }
  }

  private void addUnindexed(ObjectId pack, LocalIndex index) {
    try {
      index.add(repository.packs().table(pack));
      findings.note(
          PackReader.name(pack) + " is in no index segment: left by a backup that was cut off");
    } catch (DamagedException | TooNewException e) {
      findings.damaged(PackReader.name(pack).toString(), e);
    }
  }

  private void checkSize(PackTable pack, LostChunks lost) {
    String name = PackReader.name(pack.pack()).toString();
    var size = repository.storage().size(PackReader.name(pack.pack()));
    if (size.isEmpty()) {
      findings.damaged(name, "it is missing");
      pack.blocks().forEach(block -> block.chunks().forEach(chunk -> lost.add(chunk.id())));
    } else if (size.getAsLong() != pack.size()) {
      findings.damaged(
          name, "it has " + size.getAsLong() + " bytes where the index says " + pack.size());
    }
  }

  private void readPacks(
      List<ObjectId> segments, LocalIndex index, ChunkReader reader, LostChunks lost) {
    try (ParallelTasks tasks = new ParallelTasks(parallelism.readers())) {
      for (ObjectId segment : segments) {
        readPacks(repository.segments().read(segment), reader, lost, tasks);
      }
      for (ObjectId pack : index.unpublishedIds()) {
        readPacks(List.of(repository.packs().table(pack)), reader, lost, tasks);
      }
    }
  }

  private void readPacks(
      List<PackTable> packs, ChunkReader reader, LostChunks lost, ParallelTasks tasks) {
    tasks.run(packs.stream().<Runnable>map(pack -> () -> readPack(pack, reader, lost)).toList());
  }

  private void readPack(PackTable pack, ChunkReader reader, LostChunks lost) {
    cancellation.check();
    String name = PackReader.name(pack.pack()).toString();
    try {
      if (!repository.packs().table(pack.pack()).equals(pack)) {
        findings.damaged(name, "its table differs from the index");
      }
    } catch (MailkeepException e) {
      findings.damaged(name, e);
    }
    List<BlockLocation> locations = pack.locations();
    for (BlockLocation location : locations) {
      BlockInfo block = pack.blocks().get(location.number());
      try {
        reader.verify(location, block.chunks());
        findings.chunks.addAndGet(block.chunks().size());
      } catch (DamagedException | TooNewException e) {
        findings.damaged(e instanceof DamagedException damaged ? damaged.object() : name, e);
        block.chunks().forEach(chunk -> lost.add(chunk.id()));
      }
    }
    findings.bytes.addAndGet(pack.size());
    observer.packDone(pack.size());
  }

  private void checkSnapshots(
      ChunkReader reader, LocalIndex index, LostChunks lost, TemporaryState state) {
    SnapshotWalk walk =
        new SnapshotWalk(reader, index, lost, state.database(), findings, cancellation);
    for (ObjectId id : repository.snapshots().ids()) {
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
    } catch (DamagedException | TooNewException e) {
      findings.damaged(ObjectNames.of(ObjectKind.SNAPSHOT, id).toString(), e);
    } catch (NotFoundException e) {
      findings.note("a snapshot was forgotten while the check ran");
    }
    return Optional.empty();
  }
}
