package org.mailkeep.engine.content;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.mailkeep.crypto.ChunkHasher;
import org.mailkeep.crypto.KeySet;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.content.ChunkRef;
import org.mailkeep.model.content.Recipe;
import org.mailkeep.model.content.Segment;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.repository.pack.ChunkSink;

/**
 * Stores the content of files and gives their recipes. One per thread; it keeps its buffers between
 * files, and a file whose reading failed leaves no trace in the next.
 */
public final class ContentWriter {

  private static final int SMALL = 64 << 10;

  private final ChunkHasher hasher;
  private final ChunkSink sink;
  private final Chunker fine;
  private final Chunker coarse;
  private final RecipeWriter recipe;
  private final MessageWriter messages;
  private final MessageWatch watch;
  private byte[] buffer = new byte[SMALL];

  /** Stores to this sink. */
  public ContentWriter(KeySet keys, ChunkSink sink) {
    this(keys, sink, MessageWatch.NONE);
  }

  /**
   * Stores to this sink.
   *
   * @param watch sees the messages
   */
  public ContentWriter(KeySet keys, ChunkSink sink, MessageWatch watch) {
    this.hasher = keys.hasher();
    this.sink = sink;
    long[] gear = keys.gearTable();
    this.fine = new Chunker(gear, ChunkSizes.FINE);
    this.coarse = new Chunker(gear, ChunkSizes.COARSE);
    this.recipe = new RecipeWriter(hasher, sink);
    this.messages = new MessageWriter(this, watch);
    this.watch = watch;
  }

  /**
   * A file's content as it was read.
   *
   * @param size the bytes read, which the recipe brings back
   * @param recipe how
   */
  public record Stored(long size, Recipe recipe) {}

  /** Who sees the messages. */
  public MessageWatch watch() {
    return watch;
  }

  /**
   * Stores a message, cut by its parts; empty where its recipe could not be proven to bring it
   * back, so that it must be stored as any file.
   *
   * @param expectedSize the size that the file had, in bytes; it may have another by now
   */
  public Optional<Stored> message(ByteSource source, long expectedSize) {
    recipe.clear();
    OptionalLong size = messages.write(source, expectedSize);
    Recipe written = recipe.finish();
    if (size.isEmpty()) {
      return Optional.empty();
    }
    watch.end(written);
    return Optional.of(new Stored(size.getAsLong(), written));
  }

  /**
   * Stores any file.
   *
   * @param holes where nothing is; {@link Holes#NONE} where the file is not sparse
   */
  public Stored file(ByteSource source, long expectedSize, Holes holes) {
    recipe.clear();
    Chunker chunker = expectedSize >= ChunkSizes.COARSE_FROM ? coarse : fine;
    long position = 0;
    while (true) {
      long hole = holes.lengthAt(position);
      if (hole > 0) {
        recipe.add(new Segment.Hole(hole));
        position = holes.skip(position, hole);
      } else {
        long limit = holes.dataLengthAt(position);
        long stored = run(source, limit, chunker);
        position += stored;
        if (stored < limit) {
          return new Stored(position, recipe.finish());
        }
      }
    }
  }

  /** Stores up to {@code limit} bytes; fewer only where the source ends. */
  private long run(ByteSource source, long limit, Chunker chunker) {
    long total = 0;
    int filled = 0;
    boolean ended = false;
    while (!ended || filled > 0) {
      while (!ended && filled < chunker.sizes().max()) {
        ensureRoom(filled);
        int want = (int) Math.min(buffer.length - filled, limit - total);
        int count = want == 0 ? -1 : source.read(buffer, filled, want);
        ended = count < 0;
        filled += Math.max(0, count);
        total += Math.max(0, count);
      }
      int cut = 0;
      while (filled - cut >= chunker.sizes().max() || (ended && cut < filled)) {
        int length = chunker.cut(buffer, cut, filled);
        recipe.add(new Segment.Literal(store(BlockKind.DATA, buffer, cut, length)));
        cut += length;
      }
      System.arraycopy(buffer, cut, buffer, 0, filled - cut);
      filled -= cut;
    }
    return total;
  }

  private void ensureRoom(int filled) {
    if (filled == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
  }

  RecipeWriter recipe() {
    return recipe;
  }

  Chunker chunker(BlockKind kind) {
    return kind == BlockKind.BINARY ? coarse : fine;
  }

  ChunkRef store(BlockKind kind, byte[] bytes, int offset, int length) {
    ChunkId id = hasher.id(bytes, offset, length);
    sink.add(id, kind, bytes, offset, length);
    return new ChunkRef(id, length);
  }
}
