package org.mailkeep.repository;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.mailkeep.model.ChunkId;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.repository.pack.ChunkSink;
import org.mailkeep.testkit.property.Draw;

/** A chunk as a test made it. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Chunk(ChunkId id, BlockKind kind, byte[] bytes) {

  /** A chunk with its true id. */
  public static Chunk of(BlockKind kind, byte[] bytes) {
    ChunkId id = TestRepository.KEYS.hasher().id(bytes, 0, bytes.length);
    return new Chunk(id, kind, bytes);
  }

  /** A chunk of text. */
  public static Chunk of(BlockKind kind, String text) {
    return of(kind, text.getBytes(UTF_8));
  }

  /** A chunk of any kind and of 1 to {@code most} bytes. */
  public static Chunk draw(Draw draw, int most) {
    return of(draw.pick(BlockKind.values()), draw.bytes(1 + draw.length(most - 1)));
  }

  /** Gives it to a sink. */
  public void addTo(ChunkSink sink) {
    sink.add(id, kind, bytes, 0, bytes.length);
  }
}
