package org.mailkeep.model.content;

import java.util.ArrayList;
import java.util.List;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.encoding.MalformedException;

/**
 * The bytes of a recipe: a shape, and apart from it the ids of its chunks, so that many recipes can
 * stand in one node with all compressible bytes together and all incompressible ones together.
 *
 * <p>Shape: depth, number of segments, then for each segment a tag and its fields. Tag 0: one
 * literal chunk (length). Tag 1: a hole (length). Tags from 4: base64, with bit 0 the line end (0
 * LF, 1 CRLF) and bit 1 the final line end (line length / 4, number of chunks, their lengths). An
 * indirect recipe has depth 1 or more and tag 0 alone. All numbers but the tags are varints.
 */
public final class RecipeCodec {

  private static final int LITERAL = 0;
  private static final int HOLE = 1;
  private static final int BASE64 = 4;
  private static final int CRLF = 1;
  private static final int FINAL_LINE_END = 2;

  private RecipeCodec() {}

  /** Writes a recipe alone: its shape, then its ids. This is the plaintext of a recipe chunk. */
  public static byte[] encode(Recipe recipe) {
    ByteWriter shape = new ByteWriter();
    ByteWriter ids = new ByteWriter();
    write(recipe, shape, ids);
    return shape.raw(ids.toByteArray()).toByteArray();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws MalformedException where it is no recipe
   */
  public static Recipe decode(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    Shape shape = readShape(in);
    Recipe recipe = shape.fill(in);
    in.end();
    return recipe;
  }

  /** Appends the recipe's shape to one writer and its ids to another. */
  public static void write(Recipe recipe, ByteWriter shape, ByteWriter ids) {
    switch (recipe) {
      case Recipe.Direct direct -> {
        shape.varint(0).varint(direct.segments().size());
        direct.segments().forEach(segment -> write(segment, shape, ids));
      }
      case Recipe.Indirect indirect -> {
        shape.varint(indirect.depth()).varint(indirect.parts().size());
        indirect.parts().forEach(part -> write(new Segment.Literal(part), shape, ids));
      }
    }
  }

  private static void write(Segment segment, ByteWriter shape, ByteWriter ids) {
    switch (segment) {
      case Segment.Literal literal -> {
        shape.u8(LITERAL).varint(literal.chunk().length());
        literal.chunk().id().write(ids);
      }
      case Segment.Hole hole -> shape.u8(HOLE).varint(hole.length());
      case Segment.Base64 base64 -> {
        Base64Layout layout = base64.layout();
        int tag = BASE64;
        tag |= layout.lineEnd() == LineEnd.CRLF ? CRLF : 0;
        tag |= layout.finalLineEnd() ? FINAL_LINE_END : 0;
        shape.u8(tag).varint(layout.lineLength() / 4).varint(base64.chunks().size());
        for (ChunkRef chunk : base64.chunks()) {
          shape.varint(chunk.length());
          chunk.id().write(ids);
        }
      }
    }
  }

  /** Reads a recipe's shape, which then waits for its ids. */
  public static Shape readShape(ByteReader in) {
    int depth = in.count(Recipe.Indirect.MAX_DEPTH);
    int count = in.countOf(2);
    List<Outline> outlines = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      outlines.add(readOutline(in));
    }
    if (depth > 0 && (count == 0 || outlines.stream().anyMatch(o -> o.tag != LITERAL))) {
      throw new MalformedException("an indirect recipe holds something other than chunks");
    }
    return new Shape(depth, outlines);
  }

  private static Outline readOutline(ByteReader in) {
    int tag = in.u8();
    return switch (tag) {
      case LITERAL -> new Outline(tag, 0, new int[] {chunkLength(in)});
      case HOLE -> new Outline(tag, holeLength(in), new int[0]);
      case BASE64, BASE64 | CRLF, BASE64 | FINAL_LINE_END, BASE64 | CRLF | FINAL_LINE_END -> {
        int lineLength = in.count(Base64Layout.MAX_LINE_LENGTH / 4) * 4;
        int[] lengths = new int[in.countOf(1)];
        for (int i = 0; i < lengths.length; i++) {
          lengths[i] = chunkLength(in);
        }
        if (lineLength == 0 || lengths.length == 0) {
          throw new MalformedException("an empty base64 segment");
        }
        yield new Outline(tag, lineLength, lengths);
      }
      default -> throw new MalformedException("unknown kind of segment " + tag);
    };
  }

  private static int chunkLength(ByteReader in) {
    int length = in.count(ChunkRef.MAX_LENGTH);
    if (length == 0) {
      throw new MalformedException("an empty chunk");
    }
    return length;
  }

  private static long holeLength(ByteReader in) {
    long length = in.varint();
    if (length < 1) {
      throw new MalformedException("a hole of no length");
    }
    return length;
  }

  /** A recipe without its ids. */
  public static final class Shape {
    private final int depth;
    private final List<Outline> outlines;

    private Shape(int depth, List<Outline> outlines) {
      this.depth = depth;
      this.outlines = outlines;
    }

    /** The recipe, its ids taken from {@code ids} in order. */
    public Recipe fill(ByteReader ids) {
      if (depth == 0) {
        return new Recipe.Direct(outlines.stream().map(outline -> outline.fill(ids)).toList());
      }
      return new Recipe.Indirect(
          depth, outlines.stream().map(outline -> outline.refs(ids).getFirst()).toList());
    }
  }

  /** A segment without ids; {@code number} is a hole's length or base64's line length. */
  private static final class Outline {
    private final int tag;
    private final long number;
    private final int[] lengths;

    Outline(int tag, long number, int[] lengths) {
      this.tag = tag;
      this.number = number;
      this.lengths = lengths;
    }

    Segment fill(ByteReader ids) {
      return switch (tag) {
        case LITERAL -> new Segment.Literal(refs(ids).getFirst());
        case HOLE -> new Segment.Hole(number);
        default ->
            new Segment.Base64(
                new Base64Layout(
                    (int) number,
                    (tag & CRLF) != 0 ? LineEnd.CRLF : LineEnd.LF,
                    (tag & FINAL_LINE_END) != 0),
                refs(ids));
      };
    }

    List<ChunkRef> refs(ByteReader ids) {
      List<ChunkRef> refs = new ArrayList<>(lengths.length);
      for (int length : lengths) {
        refs.add(new ChunkRef(ChunkId.read(ids), length));
      }
      return refs;
    }
  }
}
