package org.mailkeep.repository.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.repository.object.ObjectKind;
import org.mailkeep.repository.object.ObjectNames;
import org.mailkeep.repository.pack.PackReader;
import org.mailkeep.repository.pack.PackTable;
import org.mailkeep.storage.Storage;

/** Brings the local index up to what the repository says, and the other way round. */
public final class IndexSync {

  private final Storage storage;
  private final IndexSegments segments;
  private final PackReader packs;
  private final LocalIndex local;

  /** Between this repository and this local index. */
  public IndexSync(Storage storage, IndexSegments segments, PackReader packs, LocalIndex local) {
    this.storage = storage;
    this.segments = segments;
    this.packs = packs;
    this.local = local;
  }

  /**
   * What a sync found.
   *
   * @param restarted whether the local index was built anew, the first time or because segments had
   *     vanished, so that nothing else that the host remembers of the repository can be relied on
   * @param damaged segments that could not be read; what they name was taken from the packs
   */
  public record Outcome(boolean restarted, List<DamagedException> damaged) {
    /** Copies the list. */
    public Outcome {
      damaged = List.copyOf(damaged);
    }
  }

  /**
   * Reads what is new. Segments that vanished mean that packs were rewritten elsewhere: then the
   * local index begins anew. An index that is new, or whose first pull was cut off, also reads the
   * tables of packs that no segment names, left by runs that were cut off.
   */
  public Outcome pull() {
    Set<ObjectId> present = segments.list();
    List<ObjectId> known = local.segments();
    if (!present.containsAll(known) || isUnpublishedPackMissing()) {
      local.clear();
    }
    boolean restarted = !local.isWhole();
    List<DamagedException> damaged = new ArrayList<>();
    for (ObjectId segment : present) {
      if (!local.hasSegment(segment)) {
        try {
          local.addPublished(segment, segments.read(segment));
        } catch (DamagedException e) {
          damaged.add(e);
        } catch (NotFoundException e) {
          // Another host's prune took it away meanwhile; the next pull sees what replaced it.
        }
      }
    }
    if (restarted || !damaged.isEmpty()) {
      addPacksWithoutSegment(damaged);
      local.setWhole();
    }
    return new Outcome(restarted, damaged);
  }

  /** Forgets the local index and builds it again. */
  public Outcome rebuild() {
    local.clear();
    return pull();
  }

  private void addPacksWithoutSegment(List<DamagedException> damaged) {
    storage.list(
        ObjectNames.folder(ObjectKind.PACK),
        object ->
            ObjectNames.id(ObjectKind.PACK, object.name())
                .filter(id -> !local.hasPack(id))
                .ifPresent(id -> addFromPack(id, damaged)));
  }

  private void addFromPack(ObjectId pack, List<DamagedException> damaged) {
    try {
      local.add(packs.table(pack));
    } catch (DamagedException e) {
      damaged.add(e);
    }
  }

  private boolean isUnpublishedPackMissing() {
    return local.unpublishedIds().stream()
        .anyMatch(pack -> storage.size(PackReader.name(pack)).isEmpty());
  }

  /** Writes segments for all packs that no segment names. */
  public void publish() {
    publish(segments::write);
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
          ObjectId first = segments.write(some);
          if (isStored(first, some)) {
            return first;
          }
          storage.delete(ObjectNames.of(ObjectKind.INDEX, first));
          ObjectId second = segments.write(some);
          if (!isStored(second, some)) {
            throw new StorageException(
                "The storage does not keep what is written to it: "
                    + ObjectNames.of(ObjectKind.INDEX, second)
                    + " reads back differently",
                "Check its disk or server before you rely on it.");
          }
          return second;
        });
  }

  private void publish(Function<List<PackTable>, ObjectId> write) {
    List<PackTable> some = unpublished();
    while (!some.isEmpty()) {
      local.addPublished(write.apply(some), some);
      some = unpublished();
    }
  }

  private boolean isStored(ObjectId segment, List<PackTable> packs) {
    try {
      return segments.read(segment).equals(packs);
    } catch (DamagedException e) {
      return false;
    }
  }

  private List<PackTable> unpublished() {
    return local.unpublished(IndexSegments.MAX_PACKS, IndexSegments.TARGET_SIZE);
  }
}
