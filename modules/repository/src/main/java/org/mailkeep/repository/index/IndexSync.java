package org.mailkeep.repository.index;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.model.error.TooNewException;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.repository.object.ObjectKind;
import org.mailkeep.repository.object.ObjectNames;
import org.mailkeep.repository.pack.PackReader;
import org.mailkeep.repository.pack.SetAsidePacks;
import org.mailkeep.storage.Storage;

/** Brings the local index up to what the repository says, and the other way round. */
public final class IndexSync {

  private final Storage storage;
  private final IndexSegments segments;
  private final CondemnedPacks condemned;
  private final PackReader packs;
  private final SetAsidePacks setAside;
  private final LocalIndex local;

  /** Between this repository and this local index. */
  public IndexSync(
      Storage storage,
      IndexSegments segments,
      CondemnedPacks condemned,
      PackReader packs,
      SetAsidePacks setAside,
      LocalIndex local) {
    this.storage = storage;
    this.setAside = setAside;
    this.segments = segments;
    this.condemned = condemned;
    this.packs = packs;
    this.local = local;
  }

  /**
   * What a sync found.
   *
   * @param restarted whether the local index was built anew, the first time or because it could not
   *     tell which packs had vanished, so that nothing else that the host remembers of the
   *     repository can be relied on
   * @param lost whether packs have gone that nobody had condemned, as far as the index knew
   * @param condemned lists of condemned packs that are new and name packs of the index
   * @param damaged objects that could not be read; what damaged segments name was taken from the
   *     packs
   * @param unheeded what a list of condemned packs came to that is of a newer version, or says so
   *     since it rotted; it is among the damaged too
   */
  public record Outcome(
      boolean restarted,
      boolean lost,
      List<CondemnedPacks.Condemned> condemned,
      List<UnreadableException> damaged,
      Optional<TooNewException> unheeded) {
    /** Copies the lists. */
    public Outcome {
      condemned = List.copyOf(condemned);
      damaged = List.copyOf(damaged);
    }
  }

  /**
   * As {@link #pull}, for those who are going to store what relies on packs that are there.
   *
   * @throws TooNewException where a list of condemned packs is of a newer version: who wrote it
   *     relies on writers that heed it
   */
  public Outcome pullToWrite() {
    Outcome outcome = pull();
    if (outcome.unheeded.isPresent()) {
      throw outcome.unheeded.get();
    }
    return outcome;
  }

  /**
   * Reads what is new and forgets what is gone: packs that only segments named which have vanished,
   * and packs that no segment names and that are no more or were set aside. An index that is new,
   * or whose first pull was cut off, also reads the tables of packs that no segment names, left by
   * runs that were cut off; not those that were set aside as damaged. What is condemned is read
   * last, so that of no pack that is found now an older condemnation is missed.
   */
  public Outcome pull() {
    local.finishRemoval();
    Set<ObjectId> present = segments.list();
    List<ObjectId> vanished =
        local.segments().stream().filter(known -> !present.contains(known)).toList();
    if (vanished.stream().anyMatch(segment -> local.packsIn(segment).isEmpty())) {
      local.clear();
    }
    boolean restarted = !local.isWhole();
    List<UnreadableException> damaged = new ArrayList<>();
    for (ObjectId segment : present) {
      if (!local.hasSegment(segment)) {
        addSegment(segment, damaged);
      }
    }
    if (restarted || !damaged.isEmpty()) {
      addPacksWithoutSegment(damaged);
    }
    boolean lost = forget(present, vanished);
    List<UnreadableException> unreadable = new ArrayList<>();
    List<CondemnedPacks.Condemned> lists = pullCondemned(unreadable);
    damaged.addAll(unreadable);
    Optional<TooNewException> unheeded =
        unreadable.stream()
            .filter(TooNewException.class::isInstance)
            .map(TooNewException.class::cast)
            .findFirst();
    if (restarted) {
      local.gather();
      local.setWhole();
    }
    return new Outcome(restarted, lost, lists, damaged, unheeded);
  }

  private void addSegment(ObjectId segment, List<UnreadableException> damaged) {
    try {
      local.addPublished(segment, segments.read(segment));
    } catch (UnreadableException e) {
      damaged.add(e);
    } catch (NotFoundException e) {
      // Another host's prune took it away meanwhile; the next pull sees what replaced it.
    }
  }

  private boolean forget(Set<ObjectId> present, List<ObjectId> vanished) {
    BitSet gone = new BitSet();
    vanished.forEach(segment -> gone.or(local.packsIn(segment)));
    if (!gone.isEmpty()) {
      local.segments().stream()
          .filter(present::contains)
          .forEach(segment -> gone.andNot(local.packsIn(segment)));
    }
    for (ObjectId pack : local.unpublishedIds()) {
      if (storage.size(PackReader.name(pack)).isEmpty() || setAside.contains(pack)) {
        gone.set(local.number(pack).orElseThrow());
      }
    }
    boolean lost = !gone.isEmpty() && local.remove(gone);
    vanished.forEach(local::forgetSegment);
    return lost;
  }

  private List<CondemnedPacks.Condemned> pullCondemned(List<UnreadableException> damaged) {
    Set<ObjectId> present = condemned.list();
    Set<ObjectId> known = local.condemnedLists();
    List<CondemnedPacks.Condemned> added = new ArrayList<>();
    for (ObjectId list : present) {
      if (!known.contains(list)) {
        try {
          added.add(condemned.read(list));
        } catch (UnreadableException e) {
          damaged.add(e);
        } catch (NotFoundException e) {
          // Its packs are gone, or in another list.
        }
      }
    }
    known.removeAll(present);
    // Also without news: packs that were added now may have been condemned before.
    return present.isEmpty() && known.isEmpty() ? List.of() : local.condemn(added, known);
  }

  /** Forgets the local index and builds it again. */
  public Outcome rebuild() {
    local.clear();
    return pull();
  }

  private void addPacksWithoutSegment(List<UnreadableException> damaged) {
    storage.list(
        ObjectNames.folder(ObjectKind.PACK),
        object ->
            ObjectNames.id(ObjectKind.PACK, object.name())
                .filter(id -> !local.hasPack(id))
                .filter(id -> !setAside.contains(id))
                .ifPresent(id -> addFromPack(id, damaged)));
  }

  private void addFromPack(ObjectId pack, List<UnreadableException> damaged) {
    try {
      local.add(packs.table(pack));
    } catch (UnreadableException e) {
      damaged.add(e);
    }
  }

  /** Writes segments for all packs that no segment names. */
  public void publish() {
    publish(segments::writeEncoded);
  }

  /**
   * As {@link #publish}, and reads each segment back; one that is not what was written is written
   * again.
   *
   * @throws StorageException where it is wrong the second time too
   */
  public void publishAndVerify() {
    publish(
        some -> {
          ObjectId first = segments.writeEncoded(some);
          if (segments.isOf(first, some)) {
            return first;
          }
          storage.delete(ObjectNames.of(ObjectKind.INDEX, first));
          ObjectId second = segments.writeEncoded(some);
          if (!segments.isOf(second, some)) {
            throw new StorageException(
                "The storage does not keep what is written to it: "
                    + ObjectNames.of(ObjectKind.INDEX, second)
                    + " reads back differently",
                "Check its disk or server before you rely on it.");
          }
          return second;
        });
  }

  private void publish(Function<List<EncodedTable>, ObjectId> write) {
    List<EncodedTable> some = unpublished();
    while (!some.isEmpty()) {
      local.setPublished(write.apply(some), some.stream().map(EncodedTable::pack).toList());
      some = unpublished();
    }
  }

  private List<EncodedTable> unpublished() {
    return local.unpublished(IndexSegments.MAX_PACKS, IndexSegments.TARGET_SIZE);
  }
}
