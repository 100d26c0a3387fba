package org.mailkeep.engine.prune;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.block.BlockInfo;
import org.mailkeep.repository.index.CondemnedPacks;
import org.mailkeep.repository.index.IndexSegments;
import org.mailkeep.repository.index.LocalIndex;
import org.mailkeep.repository.object.ObjectKind;
import org.mailkeep.repository.object.ObjectNames;
import org.mailkeep.repository.pack.PackReader;
import org.mailkeep.repository.pack.PackTable;
import org.mailkeep.repository.parity.PackParity;
import org.mailkeep.storage.ObjectName;

/**
 * Removes packs in the order that repo-format.md asks for: new segments with what remains, the old
 * segments, the packs, and at last the lists that condemned them. Small segments are merged on the
 * way. What the storage refuses to remove is told and stays; so do, then, the packs that it names.
 */
final class Removal {

  /** A segment with fewer packs than this is small, and so many small ones are worth merging. */
  private static final int SMALL = 8;

  /** What a chunk adds to the table of a pack, about, in bytes. */
  private static final int CHUNK_BYTES = 28;

  private final Repository repository;
  private final LocalIndex index;
  private final PruneObserver observer;
  private long undeletable;

  Removal(Repository repository, LocalIndex index, PruneObserver observer) {
    this.repository = repository;
    this.index = index;
    this.observer = observer;
  }

  /** How many objects the storage would not remove. */
  long undeletable() {
    return undeletable;
  }

  /**
   * Removes packs.
   *
   * @param packs their local numbers
   * @return those that are gone
   */
  BitSet remove(BitSet packs) {
    BitSet gone = (BitSet) packs.clone();
    replaceSegments(gone);
    for (int pack : gone.stream().toArray()) {
      if (!delete(PackReader.name(index.pack(pack)))) {
        gone.clear(pack);
      }
    }
    return gone;
  }

  /** Removes the parity of packs that are gone now, and what earlier removals left of it. */
  void removeParity(BitSet gone) {
    repository
        .parity()
        .forEachOrphan(
            pack -> index.number(pack).stream().allMatch(gone::get),
            pack -> {
              var _ = delete(PackParity.name(pack));
            });
  }

  /**
   * Removes the lists all of whose packs are gone. A newer list that names them too does not do:
   * who lists both while one comes and the other goes may see neither.
   */
  void removeLists(List<CondemnedPacks.Condemned> lists, BitSet gone) {
    for (CondemnedPacks.Condemned list : lists) {
      boolean empty =
          list.packs().stream().allMatch(pack -> index.number(pack).stream().allMatch(gone::get));
      if (empty) {
        var _ = delete(ObjectNames.of(ObjectKind.CONDEMNED, list.id()));
      }
    }
  }

  /** Takes those packs out of {@code gone} that a segment goes on naming. */
  private void replaceSegments(BitSet gone) {
    List<ObjectId> all = index.segments();
    boolean merge = all.stream().filter(this::isSmall).count() >= SMALL;
    Set<ObjectId> replaced =
        all.stream()
            .filter(id -> index.packsIn(id).intersects(gone) || (merge && isSmall(id)))
            .collect(Collectors.toCollection(TreeSet::new));
    BitSet named = new BitSet();
    all.stream().filter(id -> !replaced.contains(id)).forEach(id -> named.or(index.packsIn(id)));
    writeRemaining(replaced, gone, named);
    for (ObjectId segment : replaced) {
      if (delete(ObjectNames.of(ObjectKind.INDEX, segment))) {
        index.forgetSegment(segment);
      } else {
        gone.andNot(index.packsIn(segment));
      }
    }
  }

  private boolean isSmall(ObjectId segment) {
    return index.packsIn(segment).cardinality() < SMALL;
  }

  /**
   * @param named packs that other segments name: where old segments cannot be removed, not every
   *     run writes the same again
   */
  private void writeRemaining(Set<ObjectId> segments, BitSet gone, BitSet named) {
    BitSet written = (BitSet) named.clone();
    List<PackTable> open = new ArrayList<>();
    long bytes = 0;
    for (ObjectId segment : segments) {
      for (PackTable table : repository.segments().read(segment)) {
        int number = index.number(table.pack()).orElseThrow();
        if (gone.get(number) || written.get(number)) {
          continue;
        }
        written.set(number);
        long size = CHUNK_BYTES * table.blocks().stream().mapToLong(Removal::chunks).sum();
        if (open.size() == IndexSegments.MAX_PACKS || bytes + size > IndexSegments.TARGET_SIZE) {
          write(open);
          bytes = 0;
        }
        open.add(table);
        bytes += size;
      }
    }
    write(open);
  }

  private static long chunks(BlockInfo block) {
    return block.chunks().size() + (long) block.bases().size();
  }

  private void write(List<PackTable> packs) {
    if (!packs.isEmpty()) {
      index.addPublished(repository.segments().write(packs), packs);
      packs.clear();
    }
  }

  private boolean delete(ObjectName name) {
    try {
      repository.storage().delete(name);
      return true;
    } catch (MailkeepException e) {
      if (isMissing(name)) {
        // Only the answer was lost.
        return true;
      }
      undeletable++;
      observer.problem(name + " cannot be removed: " + e.getMessage());
      return false;
    }
  }

  private boolean isMissing(ObjectName name) {
    try {
      return repository.storage().size(name).isEmpty();
    } catch (MailkeepException e) {
      return false;
    }
  }
}
