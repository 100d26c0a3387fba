package org.mailkeep.engine.repair;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.TemporaryState;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.model.error.TooNewException;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.block.BlockInfo;
import org.mailkeep.repository.index.BlockLocation;
import org.mailkeep.repository.index.LocalIndex;
import org.mailkeep.repository.index.SegmentWriter;
import org.mailkeep.repository.object.ObjectKind;
import org.mailkeep.repository.object.ObjectNames;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.pack.PackReader;
import org.mailkeep.repository.pack.PackRewriter;
import org.mailkeep.repository.pack.PackTable;

/**
 * Saves what can be saved of damaged packs. Every block that still opens and holds what its table
 * says, if need be by way of the pack's parity, goes into a new pack; then new segments name the
 * new packs, the damaged ones are set aside, and the old segments go. What was in no readable block
 * is in no index any more, so that the next backup stores it again if the sources still have it.
 *
 * <p>A difference whose base is lost cannot be read either, wherever it is, so its block goes too.
 */
public final class RepairPacks {

  private static final long CACHE = 24L << 20;

  private final Repository repository;
  private final RepairObserver observer;
  private final Cancellation cancellation;

  /** A repair of this repository's packs; its index has to be in order. */
  public RepairPacks(Repository repository, RepairObserver observer, Cancellation cancellation) {
    this.repository = repository;
    this.observer = observer;
    this.cancellation = cancellation;
  }

  /**
   * What was done, or would be.
   *
   * @param looked packs that were read
   * @param damaged packs that were, or would be, set aside
   * @param mended those of them that were read in full by way of their parity
   * @param savedBlocks blocks written anew
   * @param lostBlocks blocks that cannot be read
   * @param lostChunks chunks that are in no other block
   * @param newPacks packs that were written
   */
  public record Outcome(
      long looked,
      long damaged,
      long mended,
      long savedBlocks,
      long lostBlocks,
      long lostChunks,
      long newPacks) {

    /** Whether there was nothing to do. */
    public boolean isNothing() {
      return damaged == 0;
    }
  }

  /**
   * Repairs.
   *
   * @param suspects the packs to read; those of a wrong length are read too
   * @param dryRun whether only to say what would be done
   */
  public Outcome run(Predicate<ObjectId> suspects, boolean dryRun) {
    try (TemporaryState temporary = TemporaryState.create()) {
      PackDamage damage = new PackDamage(temporary.database());
      LocalIndex index = new LocalIndex(temporary.database());
      observer.stage("index");
      forEachTable(pack -> index.addPublished(pack.pack(), List.of(pack)));
      Work work = new Work(damage, index);
      observer.stage("packs");
      do {
        work.findDamage(suspects);
        // A pack with a broken difference is written anew, so all of it must have been read.
      } while (work.findBrokenDifferences());
      work.setAsideWithoutTable();
      work.findSaved();
      if (!dryRun) {
        observer.stage("new packs");
        work.save();
      }
      return work.outcome();
    }
  }

  /** Removes the packs that were set aside, and says how many they were. */
  public long deleteSetAside(boolean dryRun) {
    List<ObjectId> named = new ArrayList<>();
    forEachTable(
        pack -> {
          if (repository.setAside().contains(pack.pack())) {
            named.add(pack.pack());
          }
        });
    long[] count = {0};
    repository
        .setAside()
        .list(
            pack -> {
              cancellation.check();
              if (named.contains(pack)) {
                observer.found(
                    PackReader.name(pack).toString(),
                    "a segment still names it; run 'mailkeep repair index' first");
                return;
              }
              count[0]++;
              if (!dryRun) {
                repository.setAside().delete(pack);
              }
            });
    return count[0];
  }

  /** All packs that segments name, each once for each segment. */
  private void forEachTable(Consumer<PackTable> each) {
    for (ObjectId segment : repository.segments().list()) {
      cancellation.check();
      try {
        repository.segments().read(segment).forEach(each);
      } catch (NotFoundException e) {
        // Replaced meanwhile.
      } catch (DamagedException | StorageException e) {
        // The repair of the index has told, and in a dry run not dealt with it.
        repository.requireReachable(e);
      }
    }
  }

  /** One repair. */
  private final class Work {
    private final PackDamage damage;
    private final LocalIndex index;
    private long looked;
    private long mended;
    private long saved;
    private long lostBlocks;
    private long newPacks;
    private boolean isMended;
    private boolean unread;

    Work(PackDamage damage, LocalIndex index) {
      this.damage = damage;
      this.index = index;
    }

    void findDamage(Predicate<ObjectId> suspects) {
      PackReader packs = new PackReader(repository.storage(), repository.keys());
      packs.onMended(_ -> isMended = true);
      try (ChunkReader reader = new ChunkReader(index, packs, repository.keys(), CACHE)) {
        long before;
        do {
          before = looked;
          forEachTable(
              pack -> {
                boolean suspect =
                    suspects.test(pack.pack())
                        || damage.isSuspect(pack.pack())
                        || hasWrongLength(pack);
                if (suspect && damage.isFirstLook(pack.pack())) {
                  look(pack, packs, reader);
                }
              });
          // What was read may have led to packs that nobody had under suspicion.
        } while (looked > before);
      }
    }

    private boolean hasWrongLength(PackTable pack) {
      OptionalLong size = repository.storage().size(PackReader.name(pack.pack()));
      return size.isPresent() && size.getAsLong() != pack.size();
    }

    private void look(PackTable pack, PackReader packs, ChunkReader reader) {
      looked++;
      isMended = false;
      boolean sound = hasOwnTable(pack, packs) && !hasWrongLength(pack);
      long bad = 0;
      for (BlockLocation location : pack.locations()) {
        cancellation.check();
        BlockInfo block = pack.blocks().get(location.number());
        if (!damage.isBad(location) && !isReadable(location, block, reader)) {
          damage.addBlock(location, block);
          bad++;
        }
      }
      lostBlocks += bad;
      if (!sound || bad > 0 || isMended) {
        var _ = damage.add(pack.pack());
        mended += isMended && bad == 0 ? 1 : 0;
        tell(pack, bad);
      }
    }

    private void tell(PackTable pack, long bad) {
      String rest =
          pack.blocks().size() - bad + " of " + pack.blocks().size() + " blocks are saved";
      observer.found(
          PackReader.name(pack.pack()).toString(),
          isMended && bad == 0 ? "mended by its parity; all blocks are saved" : rest);
    }

    private boolean hasOwnTable(PackTable pack, PackReader packs) {
      try {
        return packs.table(pack.pack()).equals(pack);
      } catch (DamagedException | StorageException e) {
        repository.requireReachable(e);
        return false;
      }
    }

    /** Whether a block opens; a base that cannot be read is another block's damage. */
    private boolean isReadable(BlockLocation location, BlockInfo block, ChunkReader reader) {
      try {
        reader.verify(location, block.chunks());
        return true;
      } catch (DamagedException e) {
        boolean own = e.object().equals(PackReader.name(location.pack()).toString());
        if (!own) {
          ObjectNames.parse(ObjectKind.PACK, e.object()).ifPresent(damage::suspect);
        }
        return !own;
      } catch (StorageException e) {
        repository.requireReachable(e);
        return false;
      }
    }

    /** Of a pack that no segment names and that has no table of its own, nothing can be known. */
    void setAsideWithoutTable() {
      PackReader packs = new PackReader(repository.storage(), repository.keys());
      repository
          .storage()
          .list(
              ObjectNames.folder(ObjectKind.PACK),
              object -> {
                Optional<ObjectId> pack = ObjectNames.id(ObjectKind.PACK, object.name());
                if (pack.isPresent()
                    && !index.hasPack(pack.get())
                    && !repository.setAside().contains(pack.get())
                    && isWithoutTable(pack.get(), packs)) {
                  var _ = damage.add(pack.get());
                  observer.found(object.name().toString(), "nothing says what is in it");
                }
              });
    }

    private boolean isWithoutTable(ObjectId pack, PackReader packs) {
      try {
        var _ = packs.table(pack);
        return false;
      } catch (TooNewException e) {
        return false;
      } catch (DamagedException | StorageException e) {
        repository.requireReachable(e);
        return true;
      }
    }

    /**
     * Finds blocks whose bases are lost, then those whose bases were in these, and so on.
     *
     * @return whether that led to packs that have not been read
     */
    boolean findBrokenDifferences() {
      unread = false;
      boolean more = true;
      while (more) {
        damage.forgetPlaces();
        forEachTable(damage::see);
        boolean[] found = {false};
        forEachTable(pack -> found[0] |= findBrokenDifferences(pack));
        more = found[0];
      }
      return unread;
    }

    private boolean findBrokenDifferences(PackTable pack) {
      boolean found = false;
      for (BlockLocation location : pack.locations()) {
        boolean broken =
            location.bases().stream()
                .anyMatch(base -> damage.isLost(base, location.depth()) || !index.contains(base));
        if (broken && !damage.isBad(location)) {
          damage.addBlock(location, pack.blocks().get(location.number()));
          lostBlocks++;
          found = true;
        }
      }
      if (found && damage.add(pack.pack())) {
        unread |= !damage.isSuspect(pack.pack());
        damage.suspect(pack.pack());
        observer.found(
            PackReader.name(pack.pack()).toString(),
            "it has differences to what is lost; its other blocks are saved");
      }
      return found;
    }

    /**
     * Finds what of the blocks to be saved is in packs that stay, for instance from a first try.
     */
    void findSaved() {
      forEachTable(
          pack -> {
            if (damage.contains(pack.pack())) {
              for (BlockLocation location : pack.locations()) {
                if (!damage.isBad(location)) {
                  damage.salvage(pack.blocks().get(location.number()));
                }
              }
            }
          });
      forEachTable(damage::see);
      forEachTable(
          pack -> {
            if (damage.contains(pack.pack())) {
              saved += toBeSaved(pack).size();
            }
          });
    }

    private List<BlockLocation> toBeSaved(PackTable pack) {
      return pack.locations().stream()
          .filter(location -> !damage.isBad(location))
          .filter(location -> !damage.isElsewhere(pack.blocks().get(location.number())))
          .toList();
    }

    /** New packs, new segments, what is set aside, and only then the old segments. */
    void save() {
      SegmentWriter writer = new SegmentWriter(repository.segments());
      PackRewriter rewriter =
          repository.rewriter(
              repository.keys().startSealing(),
              pack -> {
                newPacks++;
                writer.add(pack);
              });
      List<ObjectId> replaced = new ArrayList<>();
      for (ObjectId segment : repository.segments().list()) {
        List<PackTable> packs = repository.segments().read(segment);
        if (packs.stream().anyMatch(pack -> damage.contains(pack.pack()))) {
          replaced.add(segment);
          packs.forEach(pack -> save(pack, rewriter));
        }
      }
      rewriter.flush();
      for (ObjectId segment : replaced) {
        for (PackTable pack : repository.segments().read(segment)) {
          if (!damage.contains(pack.pack())) {
            writer.add(pack);
          }
        }
      }
      writer.flush();
      damage.forEachPack(repository.setAside()::add);
      replaced.forEach(repository.segments()::delete);
    }

    private void save(PackTable pack, PackRewriter rewriter) {
      if (damage.contains(pack.pack()) && damage.isFirstSave(pack.pack())) {
        for (BlockLocation location : toBeSaved(pack)) {
          cancellation.check();
          rewriter.add(location, pack.blocks().get(location.number()));
        }
      }
    }

    Outcome outcome() {
      long[] damaged = {0};
      damage.forEachPack(_ -> damaged[0]++);
      return new Outcome(
          looked, damaged[0], mended, saved, lostBlocks, damage.lostChunks(), newPacks);
    }
  }
}
