package org.mailkeep.engine.history;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mailkeep.crypto.ChunkHasher;
import org.mailkeep.mail.header.HeaderFacts;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.content.Recipe;
import org.mailkeep.model.content.RecipeCodec;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.Table;

/**
 * What messages say of themselves: as it was noted when they passed by in a backup, else read from
 * the repository. One thread at a time.
 */
final class FactsSource {

  private static final HeaderFacts NOTHING =
      new HeaderFacts(Optional.empty(), "", "", "", "", List.of());

  private final StateDatabase state;
  private final ChunkHasher hasher;
  private final HeaderReading reading;
  private final Consumer<DamagedException> damaged;

  /**
   * @param damaged is told of headers that cannot be read
   */
  FactsSource(
      StateDatabase state,
      ChunkHasher hasher,
      HeaderReading reading,
      Consumer<DamagedException> damaged) {
    this.state = state;
    this.hasher = hasher;
    this.reading = reading;
    this.damaged = damaged;
  }

  /** What tells the content that a recipe brings back from all others. */
  static ChunkId identity(ChunkHasher hasher, Recipe recipe) {
    byte[] bytes = RecipeCodec.encode(recipe);
    return hasher.id(bytes, 0, bytes.length);
  }

  ChunkId identity(Recipe recipe) {
    return identity(hasher, recipe);
  }

  /** The facts of a message; nothing where its header cannot be read. */
  HeaderFacts facts(ChunkId identity, Recipe recipe) {
    byte @Nullable [] noted = state.get(Table.HEADERS, identity.bytes());
    if (noted != null) {
      return KeptMessageCodec.decodeFacts(noted);
    }
    try {
      return reading.read(recipe);
    } catch (DamagedException e) {
      damaged.accept(e);
      return NOTHING;
    }
  }
}
