package org.mailkeep.engine.prune;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.Optional;
import org.mailkeep.engine.WriteWindow;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.content.ChunkRef;
import org.mailkeep.repository.block.BlockInfo;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.repository.block.Codec;
import org.mailkeep.repository.index.BlockLocation;
import org.mailkeep.repository.index.ChunkPlace;
import org.mailkeep.repository.index.LocalIndex;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.pack.ChunkWriter;
import org.mailkeep.repository.pack.PackTable;

/**
 * Writes what is needed of some packs into new ones. A block of content that is needed as a whole
 * is copied as it is, unless it is a small one, which is gathered with others. Nodes are stored as
 * differences anew, each to the one before it in the snapshots that are still there: the chains of
 * old would keep nodes of forgotten snapshots alive.
 */
final class Rewriting {

  private final LocalIndex index;
  private final Marks marks;
  private final ChunkReader reader;
  private final RewriteIndex stored;
  private final ChunkWriter writer;
  private final WriteWindow window;
  private final PruneObserver observer;

  Rewriting(
      LocalIndex index,
      Marks marks,
      ChunkReader reader,
      RewriteIndex stored,
      ChunkWriter writer,
      WriteWindow window,
      PruneObserver observer) {
    this.index = index;
    this.marks = marks;
    this.reader = reader;
    this.stored = stored;
    this.writer = writer;
    this.window = window;
    this.observer = observer;
  }

  /**
   * Does it; all is stored when this returns.
   *
   * @param packs what is needed of these is written, by local numbers
   * @param going these do not stay, so that differences elsewhere must not rely on them
   */
  void run(PackTables tables, BitSet packs, BitSet going) {
    limitBases(going);
    tables.each(
        (number, table) -> {
          if (packs.get(number)) {
            window.requireTime();
            rewrite(number, table);
            observer.done(1, table.size());
          }
        });
    marks.eachLimited((base, _) -> decide(base));
    writeNodes();
    writer.flush();
  }

  private void limitBases(BitSet going) {
    index.eachDelta(
        (block, pack) -> {
          if (!going.get(pack)) {
            for (ChunkId base : block.bases()) {
              Optional<ChunkPlace> place = index.place(base, block.depth());
              if (place.isPresent() && going.get(place.get().pack())) {
                marks.limitDepth(base, block.depth() - 1);
              }
            }
          }
        });
  }

  private void rewrite(int number, PackTable table) {
    Census.Needed needed = new Census.Needed(marks.neededIn(number));
    for (BlockLocation location : table.locations()) {
      BlockInfo block = table.blocks().get(location.number());
      boolean[] wanted = new boolean[block.chunks().size()];
      int count = 0;
      int offset = 0;
      for (int i = 0; i < wanted.length; i++) {
        wanted[i] = needed.has(location.number(), offset);
        count += wanted[i] ? 1 : 0;
        offset += block.chunks().get(i).length();
      }
      if (count > 0 && block.kind() == BlockKind.NODE) {
        nodes(block, wanted);
      } else if (count == wanted.length && isWorthCopying(block)) {
        writer.copy(block, reader.packed(location));
      } else if (count > 0) {
        chunks(block, location, wanted);
      }
    }
  }

  /** Small blocks compress better together with others. */
  private static boolean isWorthCopying(BlockInfo block) {
    return block.codec() == Codec.RAW || block.length() >= block.kind().targetSize() / 2;
  }

  private void chunks(BlockInfo block, BlockLocation location, boolean[] wanted) {
    byte[] bytes = reader.proven(location, block.chunks());
    int offset = 0;
    for (int i = 0; i < wanted.length; i++) {
      ChunkRef chunk = block.chunks().get(i);
      if (wanted[i]) {
        writer.add(chunk.id(), block.kind(), bytes, offset, chunk.length());
      }
      offset += chunk.length();
    }
  }

  private void nodes(BlockInfo block, boolean[] wanted) {
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i]) {
        decide(block.chunks().get(i).id());
      }
    }
  }

  /** Decides how deep a node will be, and before that those that it is the difference to. */
  private void decide(ChunkId node) {
    Deque<ChunkId> chain = new ArrayDeque<>();
    Optional<ChunkId> at = Optional.of(node);
    int depth = -1;
    while (at.isPresent()) {
      ChunkId id = at.get();
      Optional<Integer> known = knownDepth(id);
      if (known.isPresent()) {
        depth = known.get();
        break;
      }
      chain.push(id);
      at = marks.baseOf(id);
    }
    while (!chain.isEmpty()) {
      ChunkId id = chain.pop();
      depth = depth + 1 > Math.min(BlockInfo.MAX_DEPTH, marks.limit(id)) ? 0 : depth + 1;
      marks.setDepth(id, depth);
    }
  }

  private Optional<Integer> knownDepth(ChunkId id) {
    return marks
        .depth(id)
        .or(() -> stored.kept(id).map(place -> index.location(place).block().depth()));
  }

  private void writeNodes() {
    for (int depth = 0; depth <= BlockInfo.MAX_DEPTH; depth++) {
      stored.begin(depth);
      boolean whole = depth == 0;
      marks.eachOfDepth(
          depth,
          node -> {
            window.requireTime();
            byte[] bytes = reader.read(node);
            Optional<ChunkId> base = whole ? Optional.empty() : marks.baseOf(node);
            if (base.isPresent()) {
              writer.addNode(node, bytes, base.get(), reader.read(base.get()));
            } else {
              writer.add(node, BlockKind.NODE, bytes, 0, bytes.length);
            }
          });
      writer.settle();
    }
  }
}
