package org.mailkeep.engine.history;

import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.mail.header.HeaderFacts;
import org.mailkeep.mail.header.HeaderFactsReader;
import org.mailkeep.model.content.ChunkRef;
import org.mailkeep.model.content.Recipe;
import org.mailkeep.model.content.Segment;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.repository.pack.ChunkReader;

/**
 * Reads what messages say of themselves from the repository: their header, and of multiparts the
 * texts, but never an attachment. One thread at a time.
 */
public final class HeaderReading {

  private final ChunkReader chunks;
  private final ContentReader contents;
  private final HeaderFactsReader facts = new HeaderFactsReader();

  /** Reads by this index. */
  public HeaderReading(ChunkReader chunks) {
    this.chunks = chunks;
    this.contents = new ContentReader(chunks);
  }

  /**
   * The facts of the message that this recipe brings back.
   *
   * @throws UnreadableException where a chunk that is needed is missing or wrong
   */
  public HeaderFacts read(Recipe recipe) {
    facts.clear();
    feed(recipe);
    return facts.finish();
  }

  private void feed(Recipe recipe) {
    switch (recipe) {
      case Recipe.Direct direct -> feedAll(direct.segments(), this::feed);
      case Recipe.Indirect indirect ->
          feedAll(indirect.parts(), part -> feed(contents.part(indirect, part)));
    }
  }

  private <T> void feedAll(Iterable<T> parts, java.util.function.Consumer<T> feed) {
    for (T part : parts) {
      if (facts.isDone()) {
        return;
      }
      feed.accept(part);
    }
  }

  private void feed(Segment segment) {
    switch (segment) {
      case Segment.Literal literal -> feed(literal.chunk());
      case Segment.Base64 _, Segment.Hole _ -> facts.gap();
    }
  }

  private void feed(ChunkRef chunk) {
    // Delivery's own lines have a block kind of their own and say nothing that is kept.
    if (chunks.locate(chunk.id()).block().kind() != BlockKind.TRACE) {
      byte[] bytes = chunks.read(chunk.id());
      facts.feed(bytes, 0, bytes.length);
    }
  }
}
