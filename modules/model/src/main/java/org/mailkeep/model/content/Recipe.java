package org.mailkeep.model.content;

import java.util.List;

/** How a file's bytes come back. */
public sealed interface Recipe {

  /** The recipe of an empty file. */
  Recipe EMPTY = new Direct(List.of());

  /**
   * The segments themselves.
   *
   * @param segments in file order
   */
  record Direct(List<Segment> segments) implements Recipe {
    /** Copies the list. */
    public Direct {
      segments = List.copyOf(segments);
    }
  }

  /**
   * A recipe too long to stand in a tree node: chunks that hold its parts. Each chunk's plaintext
   * is one encoded recipe ({@link RecipeCodec}) of depth {@code depth - 1}; the file is their
   * concatenation.
   *
   * @param depth 1 where the chunks hold direct recipes
   * @param parts the chunks, in file order
   */
  record Indirect(int depth, List<ChunkRef> parts) implements Recipe {
    /** The deepest recipe: four levels of some hundred segments are more than any disk holds. */
    public static final int MAX_DEPTH = 6;

    /** Copies the list, checks the depth. */
    public Indirect {
      parts = List.copyOf(parts);
      if (depth < 1 || depth > MAX_DEPTH || parts.isEmpty()) {
        throw new IllegalArgumentException("an indirect recipe of depth " + depth);
      }
    }
  }
}
