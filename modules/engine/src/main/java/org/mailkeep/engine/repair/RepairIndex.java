package org.mailkeep.engine.repair;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.TemporaryState;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.index.SegmentWriter;
import org.mailkeep.repository.object.ObjectKind;
import org.mailkeep.repository.object.ObjectNames;
import org.mailkeep.repository.pack.PackReader;
import org.mailkeep.repository.pack.PackTable;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.Table;

/**
 * Makes the index segments say what is there. Segments that do not open are replaced by what the
 * packs say of themselves; packs that are gone, or were set aside, are named no more, so that no
 * backup relies on them; packs that no segment named are named.
 */
public final class RepairIndex {

  private final Repository repository;
  private final RepairObserver observer;
  private final Cancellation cancellation;

  /** A repair of this repository's index. */
  public RepairIndex(Repository repository, RepairObserver observer, Cancellation cancellation) {
    this.repository = repository;
    this.observer = observer;
    this.cancellation = cancellation;
  }

  /**
   * What was done, or would be.
   *
   * @param segments segments that are there
   * @param replaced segments that were removed, for others say what they said
   * @param added packs that no segment named
   * @param missing packs that a segment named and that are gone
   * @param unreadable packs that no segment names and whose own table cannot be read
   * @param written segments that were written
   */
  public record Outcome(
      long segments, long replaced, long added, long missing, long unreadable, long written) {

    /** Whether there was nothing to do. */
    public boolean isNothing() {
      return replaced == 0 && added == 0;
    }
  }

  /** What is known of packs while the repair runs, kept on disk. */
  private static final class Known {
    private static final byte[] NONE = new byte[0];
    private final StateDatabase state;

    Known(StateDatabase state) {
      this.state = state;
    }

    void stored(ObjectId pack) {
      state.put(Table.PACKS, pack.bytes(), NONE);
    }

    boolean isStored(ObjectId pack) {
      return state.get(Table.PACKS, pack.bytes()) != null;
    }

    /** Takes note that a segment that stays, or a new one, names the pack; false if one did. */
    boolean name(ObjectId pack) {
      boolean isNew = state.get(Table.SEGMENTS, pack.bytes()) == null;
      state.put(Table.SEGMENTS, pack.bytes(), NONE);
      return isNew;
    }

    boolean isNamed(ObjectId pack) {
      return state.get(Table.SEGMENTS, pack.bytes()) != null;
    }
  }

  /**
   * Repairs.
   *
   * @param all whether all segments are made anew from the packs' own tables
   * @param dryRun whether only to say what would be done
   */
  public Outcome run(boolean all, boolean dryRun) {
    try (TemporaryState temporary = TemporaryState.create()) {
      Known known = new Known(temporary.database());
      observer.stage("packs");
      forEachPack(known::stored);
      observer.stage("index");
      long[] counts = new long[3];
      List<ObjectId> segments = List.copyOf(repository.segments().list());
      List<ObjectId> replaced = new ArrayList<>();
      for (ObjectId segment : segments) {
        cancellation.check();
        List<PackTable> packs = read(segment, replaced);
        if (!packs.isEmpty() && (isToBeReplaced(packs, known, counts) || all)) {
          replaced.add(segment);
        } else {
          packs.forEach(pack -> known.name(pack.pack()));
        }
      }
      SegmentWriter writer = new SegmentWriter(repository.segments());
      for (ObjectId segment : all ? List.<ObjectId>of() : replaced) {
        rewrite(segment, known, writer, dryRun);
      }
      addUnnamed(known, writer, counts, dryRun);
      if (!dryRun) {
        // What a pack does not say of itself any more, its segment still says.
        for (ObjectId segment : all ? replaced : List.<ObjectId>of()) {
          rewrite(segment, known, writer, false);
        }
        writer.flush();
        replaced.forEach(repository.segments()::delete);
      }
      return new Outcome(
          segments.size(), replaced.size(), counts[1], counts[0], counts[2], writer.written());
    }
  }

  private void forEachPack(Consumer<ObjectId> each) {
    repository
        .storage()
        .list(
            ObjectNames.folder(ObjectKind.PACK),
            object -> {
              cancellation.check();
              ObjectNames.id(ObjectKind.PACK, object.name()).ifPresent(each);
            });
  }

  /** A segment's packs; none where it does not open, and then it is to be replaced. */
  private List<PackTable> read(ObjectId segment, List<ObjectId> replaced) {
    try {
      return repository.segments().read(segment);
    } catch (DamagedException | StorageException e) {
      repository.requireReachable(e);
      observer.found(
          ObjectNames.of(ObjectKind.INDEX, segment).toString(),
          "it does not open; what it said is taken from the packs");
      replaced.add(segment);
    } catch (NotFoundException e) {
      // Replaced meanwhile, by another that the list may not have: run again to be sure.
    }
    return List.of();
  }

  private boolean isToBeReplaced(List<PackTable> packs, Known known, long[] counts) {
    boolean replaced = false;
    for (PackTable pack : packs) {
      String name = PackReader.name(pack.pack()).toString();
      if (!known.isStored(pack.pack())) {
        observer.found(name, "it is missing; the index will not name it any more");
        counts[0]++;
        replaced = true;
      } else if (repository.setAside().contains(pack.pack())) {
        observer.found(name, "it was set aside; the index will not name it any more");
        replaced = true;
      }
    }
    return replaced;
  }

  /** Names what is left of a segment in new ones. */
  private void rewrite(ObjectId segment, Known known, SegmentWriter writer, boolean dryRun) {
    List<PackTable> packs;
    try {
      packs = repository.segments().read(segment);
    } catch (DamagedException | StorageException | NotFoundException e) {
      return;
    }
    for (PackTable pack : packs) {
      if (known.isStored(pack.pack())
          && !repository.setAside().contains(pack.pack())
          && known.name(pack.pack())
          && !dryRun) {
        writer.add(pack);
      }
    }
  }

  private void addUnnamed(Known known, SegmentWriter writer, long[] counts, boolean dryRun) {
    forEachPack(
        pack -> {
          if (known.isNamed(pack) || repository.setAside().contains(pack)) {
            return;
          }
          String name = PackReader.name(pack).toString();
          try {
            PackTable table = repository.packs().table(pack);
            counts[1]++;
            known.name(pack);
            if (!dryRun) {
              writer.add(table);
            }
          } catch (UnreadableException | StorageException e) {
            repository.requireReachable(e);
            counts[2]++;
            observer.found(name, "its own table cannot be read");
          }
        });
  }
}
