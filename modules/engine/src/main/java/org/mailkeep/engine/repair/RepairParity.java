package org.mailkeep.engine.repair;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalInt;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.TemporaryState;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.index.BlockLocation;
import org.mailkeep.repository.index.LocalIndex;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.pack.PackReader;
import org.mailkeep.repository.pack.PackTable;
import org.mailkeep.repository.parity.PackParity;

/**
 * Gives packs parity that have none, or whose parity is damaged, and removes parity of packs that
 * are gone. Only a pack that was proven gets any, for else damage would be kept for good.
 */
public final class RepairParity {

  private static final long CACHE = 24L << 20;

  private final Repository repository;
  private final RepairObserver observer;
  private final Cancellation cancellation;
  private boolean isMended;

  /** A repair of this repository's parity; its index has to be in order. */
  public RepairParity(Repository repository, RepairObserver observer, Cancellation cancellation) {
    this.repository = repository;
    this.observer = observer;
    this.cancellation = cancellation;
  }

  /**
   * What was done, or would be.
   *
   * @param packs packs looked at
   * @param made packs that got parity
   * @param bytes what that takes
   * @param damagedPacks packs without parity that are damaged themselves
   * @param removed parity of packs that are gone
   */
  public record Outcome(long packs, long made, long bytes, long damagedPacks, long removed) {}

  /**
   * Repairs.
   *
   * @param percent how much parity packs get; empty to make none
   * @param dryRun whether only to say what would be done
   */
  public Outcome run(OptionalInt percent, boolean dryRun) {
    long[] counts = new long[5];
    try (TemporaryState temporary = TemporaryState.create()) {
      observer.stage("index");
      LocalIndex index = new LocalIndex(temporary.database());
      for (ObjectId segment : repository.segments().list()) {
        index.addPublished(segment, repository.segments().read(segment));
      }
      PackReader packs = new PackReader(repository.storage(), repository.keys());
      packs.onMended(_ -> isMended = true);
      PackDamage seen = new PackDamage(temporary.database());
      observer.stage("packs");
      try (ChunkReader reader = new ChunkReader(index, packs, repository.keys(), CACHE)) {
        for (ObjectId segment :
            percent.isPresent() ? repository.segments().list() : List.<ObjectId>of()) {
          for (PackTable pack : repository.segments().read(segment)) {
            if (seen.isFirstLook(pack.pack())) {
              counts[0]++;
              mend(pack, reader, percent.getAsInt(), counts, dryRun);
            }
          }
        }
      }
    }
    removeOrphans(counts, dryRun);
    return new Outcome(counts[0], counts[1], counts[2], counts[3], counts[4]);
  }

  private void mend(
      PackTable pack, ChunkReader reader, int percent, long[] counts, boolean dryRun) {
    cancellation.check();
    if (hasParity(pack.pack())) {
      return;
    }
    if (!isSound(pack, reader)) {
      counts[3]++;
      observer.found(
          PackReader.name(pack.pack()).toString(),
          "it is damaged and gets no parity; run 'mailkeep repair packs' first");
      return;
    }
    counts[1]++;
    if (!dryRun) {
      byte[] bytes = new byte[Math.toIntExact(pack.size())];
      repository.storage().read(PackReader.name(pack.pack()), 0, ByteBuffer.wrap(bytes));
      repository.parity().delete(pack.pack());
      counts[2] += repository.parity().store(pack.pack(), List.of(bytes), percent);
    }
  }

  private boolean hasParity(ObjectId pack) {
    try {
      if (repository.parity().isWhole(pack)) {
        return true;
      }
      observer.found(PackParity.name(pack).toString(), "it is damaged, and is made anew");
    } catch (NotFoundException e) {
      // It never had any.
    }
    return false;
  }

  private boolean isSound(PackTable pack, ChunkReader reader) {
    isMended = false;
    try {
      for (BlockLocation location : pack.locations()) {
        reader.verify(location, pack.blocks().get(location.number()).chunks());
      }
      return !isMended
          && repository.packs().table(pack.pack()).equals(pack)
          && repository.storage().size(PackReader.name(pack.pack())).orElse(0) == pack.size();
    } catch (DamagedException | StorageException e) {
      repository.requireReachable(e);
      return false;
    }
  }

  private void removeOrphans(long[] counts, boolean dryRun) {
    repository
        .parity()
        .forEachOrphan(
            _ -> true,
            pack -> {
              counts[4]++;
              if (!dryRun) {
                repository.parity().delete(pack);
              }
            });
  }
}
