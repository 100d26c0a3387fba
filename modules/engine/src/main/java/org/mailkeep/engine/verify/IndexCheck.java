package org.mailkeep.engine.verify;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.index.BlockLocation;
import org.mailkeep.repository.index.LocalIndex;
import org.mailkeep.repository.object.ObjectKind;
import org.mailkeep.repository.object.ObjectNames;
import org.mailkeep.repository.pack.PackReader;
import org.mailkeep.repository.pack.PackTable;

/**
 * Builds an index from the segments and compares it with the packs that are there. Prunes may
 * replace segments and remove packs meanwhile, and may have been cut off before.
 */
final class IndexCheck {

  /** How often the index is listed at most, where prunes go on replacing it. */
  private static final int LISTINGS = 10;

  private final Repository repository;
  private final LocalIndex index;
  private final Findings findings;
  private final Cancellation cancellation;
  private final List<ObjectId> segments = new ArrayList<>();
  private final BitSet condemned = new BitSet();
  private final Set<ObjectId> leaving = new HashSet<>();

  /**
   * Reads all segments and lists of condemned packs.
   *
   * @param index an empty one
   */
  IndexCheck(
      Repository repository, LocalIndex index, Findings findings, Cancellation cancellation) {
    this.repository = repository;
    this.index = index;
    this.findings = findings;
    this.cancellation = cancellation;
    load();
    readCondemned();
  }

  /** The segments that can be read. */
  List<ObjectId> segments() {
    return Collections.unmodifiableList(segments);
  }

  /**
   * The condemned packs that no segment names. A prune that removes packs has already found that
   * nothing needs them, and bases of differences in them may be gone; where a segment is damaged it
   * may have named them, and there are none.
   */
  Set<ObjectId> leaving() {
    return Collections.unmodifiableSet(leaving);
  }

  /**
   * Segments that a prune replaces meanwhile are in the next listing as those that replace them.
   */
  private void load() {
    Set<ObjectId> seen = new HashSet<>();
    boolean isComplete = false;
    for (int tries = 0; !isComplete && tries < LISTINGS; tries++) {
      isComplete = true;
      for (ObjectId segment : repository.segments().list()) {
        cancellation.check();
        if (!seen.contains(segment)) {
          isComplete &= load(segment);
          seen.add(segment);
        }
      }
    }
  }

  /** False where the segment is no more. */
  private boolean load(ObjectId segment) {
    try {
      index.addPublished(segment, repository.segments().read(segment));
      segments.add(segment);
    } catch (UnreadableException e) {
      findings.damaged(ObjectNames.of(ObjectKind.INDEX, segment).toString(), e);
    } catch (NotFoundException e) {
      findings.note("an index segment was replaced while the check ran");
      return false;
    }
    return true;
  }

  /** Condemned packs that segments name are good until they are gone. */
  private void readCondemned() {
    boolean isIndexWhole = findings.isSound();
    for (ObjectId list : repository.condemned().list()) {
      try {
        for (ObjectId pack : repository.condemned().read(list).packs()) {
          OptionalInt number = index.number(pack);
          number.ifPresent(condemned::set);
          if (number.isEmpty() && isIndexWhole) {
            leaving.add(pack);
          }
        }
      } catch (UnreadableException e) {
        findings.damaged(ObjectNames.of(ObjectKind.CONDEMNED, list).toString(), e);
      } catch (NotFoundException e) {
        // A prune is done with it.
      }
    }
  }

  /** The packs that a segment names; none where a prune has replaced it since. */
  List<PackTable> tables(ObjectId segment) {
    try {
      return repository.segments().read(segment);
    } catch (NotFoundException e) {
      findings.note("an index segment was replaced while the check ran");
      return List.of();
    }
  }

  /**
   * Whether each pack is there in full length.
   *
   * @param lost gets the chunks of those that are missing
   */
  void checkSizes(LostChunks lost) {
    BitSet gone = new BitSet();
    for (ObjectId segment : segments) {
      for (PackTable pack : tables(segment)) {
        cancellation.check();
        int number = index.number(pack.pack()).orElseThrow();
        OptionalLong size = repository.storage().size(PackReader.name(pack.pack()));
        if (size.isEmpty() && condemned.get(number)) {
          gone.set(number);
        } else {
          checkSize(pack, size, lost);
        }
      }
    }
    if (!gone.isEmpty()) {
      // What snapshots need must be elsewhere now: the walk through them tells.
      boolean _ = index.remove(gone);
      int count = gone.cardinality();
      findings.note(
          (count == 1 ? "1 condemned pack is" : count + " condemned packs are")
              + " gone that the index names: a prune is at work, or was cut off");
    }
  }

  private void checkSize(PackTable pack, OptionalLong size, LostChunks lost) {
    String name = PackReader.name(pack.pack()).toString();
    if (size.isEmpty()) {
      findings.damaged(name, "it is missing");
      pack.blocks().forEach(block -> block.chunks().forEach(chunk -> lost.add(chunk.id(), name)));
    } else if (size.getAsLong() != pack.size()) {
      findings.damaged(
          name, "it has " + size.getAsLong() + " bytes where the index says " + pack.size());
    }
  }

  /**
   * Whether each difference on which a backup would rely has what it is the difference to. No
   * snapshot need refer to it: the next one may, for what is in the index counts as stored. A prune
   * takes no base away before the difference, but a condemned pack may also be lost.
   */
  void checkBases() {
    index.eachDelta(
        (block, pack) -> {
          if (!hasBases(block) && !condemned.get(pack)) {
            findings.damaged(
                PackReader.name(block.pack()).toString(),
                "block "
                    + block.number()
                    + " is the difference to something that no pack has any more");
          }
        });
  }

  private boolean hasBases(BlockLocation block) {
    return block.bases().stream().allMatch(base -> index.place(base, block.depth()).isPresent());
  }

  /**
   * Whether the block is a difference in a condemned pack, and what it is the difference to is
   * gone, or what that is the difference to. A prune that removes these packs leaves the index so
   * when it is cut off: it had found that nothing needs them. Whether that is true, the walk
   * through the snapshots tells.
   */
  boolean isLeftBehind(BlockLocation block) {
    return index.number(block.pack()).stream().anyMatch(condemned::get) && !isComplete(block);
  }

  private boolean isComplete(BlockLocation block) {
    return hasBases(block)
        && block.bases().stream()
            .map(base -> index.place(base, block.depth()).orElseThrow())
            .map(place -> index.location(place).block())
            .distinct()
            .allMatch(this::isComplete);
  }
}
