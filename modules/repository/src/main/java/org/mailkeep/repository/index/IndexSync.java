package org.mailkeep.repository.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.repository.object.ObjectKind;
import org.mailkeep.repository.object.ObjectNames;
import org.mailkeep.repository.pack.PackReader;
import org.mailkeep.repository.pack.PackTable;
import org.mailkeep.repository.pack.SetAsidePacks;
import org.mailkeep.storage.Storage;

/** Brings the local index up to what the repository says, and the other way round. */
public final class IndexSync {

  private final Storage storage;
  private final IndexSegments segments;
  private final PackReader packs;
  private final SetAsidePacks setAside;
  private final LocalIndex local;

  /** Between this repository and this local index. */
  public IndexSync(
      Storage storage,
      IndexSegments segments,
      PackReader packs,
      SetAsidePacks setAside,
      LocalIndex local) {
    this.storage = storage;
    this.setAside = setAside;
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
   * tables of packs that no segment names, left by runs that were cut off; not those that were set
   * aside as damaged.
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
                .filter(id -> !setAside.contains(id))
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
    List<PackTable> some = unpublished();
    while (!some.isEmpty()) {
      local.addPublished(segments.write(some), some);
      some = unpublished();
    }
  }

  private List<PackTable> unpublished() {
    return local.unpublished(IndexSegments.MAX_PACKS, IndexSegments.TARGET_SIZE);
  }
}
