package org.mailkeep.engine.content;

import java.util.ArrayList;
import java.util.List;
import org.mailkeep.crypto.ChunkHasher;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.content.ChunkRef;
import org.mailkeep.model.content.Recipe;
import org.mailkeep.model.content.RecipeCodec;
import org.mailkeep.model.content.Segment;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.repository.pack.ChunkSink;

/**
 * Collects segments into a recipe. One that grows long is stored in parts as it grows, so that a
 * file of any size needs little memory. Not for use by two threads.
 */
final class RecipeWriter {

  /** Segments that stand directly in an entry, and in one part of an indirect recipe. */
  static final int MAX_DIRECT = 256;

  private final ChunkHasher hasher;
  private final ChunkSink sink;
  private final List<Segment> segments = new ArrayList<>();
  private final List<List<ChunkRef>> parts = new ArrayList<>();

  RecipeWriter(ChunkHasher hasher, ChunkSink sink) {
    this.hasher = hasher;
    this.sink = sink;
  }

  /** Forgets the segments of a file that was given up. */
  void clear() {
    segments.clear();
    parts.clear();
  }

  void add(Segment segment) {
    if (segments.size() == MAX_DIRECT) {
      addPart(0, store(new Recipe.Direct(segments)));
      segments.clear();
    }
    segments.add(segment);
  }

  /** The recipe of all segments since the last finish. */
  Recipe finish() {
    if (parts.isEmpty()) {
      Recipe direct = segments.isEmpty() ? Recipe.EMPTY : new Recipe.Direct(segments);
      segments.clear();
      return direct;
    }
    addPart(0, store(new Recipe.Direct(segments)));
    segments.clear();
    for (int level = 0; level < parts.size() - 1; level++) {
      if (!parts.get(level).isEmpty()) {
        addPart(level + 1, store(new Recipe.Indirect(level + 1, parts.get(level))));
      }
    }
    Recipe recipe = new Recipe.Indirect(parts.size(), parts.getLast());
    parts.clear();
    return recipe;
  }

  private void addPart(int level, ChunkRef part) {
    if (parts.size() == level) {
      parts.add(new ArrayList<>());
    }
    List<ChunkRef> list = parts.get(level);
    if (list.size() == MAX_DIRECT) {
      ChunkRef above = store(new Recipe.Indirect(level + 1, list));
      list.clear();
      addPart(level + 1, above);
    }
    parts.get(level).add(part);
  }

  private ChunkRef store(Recipe recipe) {
    byte[] bytes = RecipeCodec.encode(recipe);
    ChunkId id = hasher.id(bytes, 0, bytes.length);
    sink.add(id, BlockKind.RECIPE, bytes, 0, bytes.length);
    return new ChunkRef(id, bytes.length);
  }
}
