package org.mailkeep.engine.content;

import java.util.Arrays;
import java.util.List;
import org.mailkeep.mail.message.Base64Rebuilder;
import org.mailkeep.mail.message.ByteSink;
import org.mailkeep.model.content.ChunkRef;
import org.mailkeep.model.content.Recipe;
import org.mailkeep.model.content.RecipeCodec;
import org.mailkeep.model.content.Segment;
import org.mailkeep.model.encoding.MalformedException;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.repository.pack.ChunkSource;

/** Brings the bytes of recipes back, in file order. Safe for use by many threads. */
public final class ContentReader {

  private final ChunkSource source;

  /** Reads chunks from this source. */
  public ContentReader(ChunkSource source) {
    this.source = source;
  }

  /** Takes the content of a file in order. */
  public interface Target extends ByteSink {
    /** The next bytes are zero and were not stored. */
    void hole(long length);
  }

  /**
   * Writes a file's content.
   *
   * @throws DamagedException where a chunk is missing or wrong; what was written before it is right
   */
  public void write(Recipe recipe, Target target) {
    switch (recipe) {
      case Recipe.Direct direct -> direct.segments().forEach(segment -> write(segment, target));
      case Recipe.Indirect indirect ->
          indirect.parts().forEach(part -> write(part(indirect, part), target));
    }
  }

  /** One part of an indirect recipe. */
  public Recipe part(Recipe.Indirect above, ChunkRef part) {
    try {
      Recipe below = RecipeCodec.decode(chunk(part));
      int depth = below instanceof Recipe.Indirect indirect ? indirect.depth() : 0;
      if (depth == above.depth() - 1) {
        return below;
      }
    } catch (MalformedException e) {
      throw new DamagedException("recipe " + part.id(), e.getMessage());
    }
    throw new DamagedException("recipe " + part.id(), "it has the wrong depth");
  }

  private void write(Segment segment, Target target) {
    switch (segment) {
      case Segment.Literal literal -> {
        byte[] bytes = chunk(literal.chunk());
        target.bytes(bytes, 0, bytes.length);
      }
      case Segment.Hole hole -> target.hole(hole.length());
      case Segment.Base64 base64 -> {
        Base64Rebuilder rebuilder = new Base64Rebuilder(base64.layout(), target);
        for (ChunkRef ref : base64.chunks()) {
          byte[] bytes = chunk(ref);
          rebuilder.feed(bytes, 0, bytes.length);
        }
        rebuilder.finish();
      }
    }
  }

  private byte[] chunk(ChunkRef ref) {
    byte[] bytes = source.read(ref.id());
    if (bytes.length != ref.length()) {
      throw new DamagedException("chunk " + ref.id(), "it has another length than its recipe says");
    }
    return bytes;
  }

  /** The whole content of a file that is known to be small. */
  public byte[] bytes(Recipe recipe, int max) {
    Collector collector = new Collector(max);
    write(recipe, collector);
    return Arrays.copyOf(collector.bytes, collector.length);
  }

  /** The chunks of a recipe, its own parts among them, each before what it leads to. */
  public void forEachChunk(Recipe recipe, java.util.function.Consumer<ChunkRef> visitor) {
    switch (recipe) {
      case Recipe.Direct direct ->
          direct.segments().forEach(segment -> chunks(segment).forEach(visitor));
      case Recipe.Indirect indirect -> {
        for (ChunkRef part : indirect.parts()) {
          visitor.accept(part);
          forEachChunk(part(indirect, part), visitor);
        }
      }
    }
  }

  /**
   * The number of bytes that a recipe brings back.
   *
   * @throws DamagedException where a part of the recipe cannot be read, or no file can be so long
   */
  public long length(Recipe recipe) {
    try {
      long length = 0;
      switch (recipe) {
        case Recipe.Direct direct -> {
          for (Segment segment : direct.segments()) {
            length = Math.addExact(length, segment.length());
          }
        }
        case Recipe.Indirect indirect -> {
          for (ChunkRef part : indirect.parts()) {
            length = Math.addExact(length, length(part(indirect, part)));
          }
        }
      }
      return length;
    } catch (ArithmeticException e) {
      throw new DamagedException("a recipe", "it is for a file of more than 63 bits of length");
    }
  }

  private static List<ChunkRef> chunks(Segment segment) {
    return switch (segment) {
      case Segment.Literal literal -> List.of(literal.chunk());
      case Segment.Base64 base64 -> base64.chunks();
      case Segment.Hole _ -> List.of();
    };
  }

  private static final class Collector implements Target {
    private final int max;
    private byte[] bytes = new byte[8192];
    private int length;

    Collector(int max) {
      this.max = max;
    }

    @Override
    public void bytes(byte[] buffer, int offset, int count) {
      ensure(count);
      System.arraycopy(buffer, offset, bytes, length, count);
      length += count;
    }

    @Override
    public void hole(long count) {
      ensure(count);
      length += (int) count;
    }

    private void ensure(long count) {
      if (length + count > max) {
        throw new IllegalArgumentException("more than " + max + " bytes");
      }
      if (length + count > bytes.length) {
        bytes =
            Arrays.copyOf(bytes, (int) Math.min(max, Math.max(bytes.length * 2L, length + count)));
      }
    }
  }
}
