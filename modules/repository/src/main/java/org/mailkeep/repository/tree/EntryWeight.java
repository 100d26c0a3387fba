package org.mailkeep.repository.tree;

import org.mailkeep.model.ChunkId;
import org.mailkeep.model.content.Recipe;
import org.mailkeep.model.content.Segment;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;

/** How much an entry adds to a leaf, about, in bytes; where a leaf ends depends on it. */
final class EntryWeight {

  /** What an entry adds to a node at most beside its name and variable parts, in bytes. */
  private static final int ENTRY_BYTES = 128;

  /** What a chunk in a recipe adds at most, in bytes. */
  private static final int CHUNK_BYTES = ChunkId.LENGTH + 8;

  private EntryWeight() {}

  static long of(Entry entry) {
    long attributes =
        entry.metadata().attributes().stream()
            .mapToLong(attribute -> attribute.name().length() + attribute.value().length())
            .sum();
    return ENTRY_BYTES + entry.name().length() + attributes + weight(entry.body());
  }

  private static long weight(Body body) {
    return switch (body) {
      case Body.RegularFile file -> weight(file.recipe());
      case Body.SymbolicLink link -> link.target().length();
      default -> 0;
    };
  }

  private static long weight(Recipe recipe) {
    return switch (recipe) {
      case Recipe.Direct direct -> direct.segments().stream().mapToLong(EntryWeight::weight).sum();
      case Recipe.Indirect indirect -> (long) CHUNK_BYTES * indirect.parts().size();
    };
  }

  private static long weight(Segment segment) {
    return segment instanceof Segment.Base64 base64
        ? (long) CHUNK_BYTES * base64.chunks().size()
        : CHUNK_BYTES;
  }
}
