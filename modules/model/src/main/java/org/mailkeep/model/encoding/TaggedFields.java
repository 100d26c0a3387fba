package org.mailkeep.model.encoding;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.mailkeep.model.ByteString;

/**
 * Records that can grow: fields of a tag (varint), a length (varint) and a content, in any order,
 * any number of times. A reader skips an unknown field with an even tag and refuses one with an odd
 * tag, for that one changes what the rest means.
 */
public final class TaggedFields {

  private TaggedFields() {}

  /** Writes one field's content. */
  @FunctionalInterface
  public interface Content {
    /** Appends the content. */
    void writeTo(ByteWriter out);
  }

  /** A field that this program does not know and must not ignore. */
  public static final class UnknownFieldException extends RuntimeException {
    private final long tag;

    UnknownFieldException(long tag) {
      this.tag = tag;
    }

    /** Which field, as a clause. */
    @Override
    public String getMessage() {
      return "it has the unknown required field " + Long.toUnsignedString(tag);
    }
  }

  /** Appends fields. */
  public static final class Writer {
    private final ByteWriter out = new ByteWriter();

    /** Appends one field. */
    public Writer field(int tag, Content content) {
      ByteWriter field = new ByteWriter();
      content.writeTo(field);
      out.varint(tag).bytes(field.toByteArray());
      return this;
    }

    /** Appends a text as UTF-8. */
    public Writer text(int tag, String text) {
      return field(tag, w -> w.raw(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** All fields. */
    public byte[] toByteArray() {
      return out.toByteArray();
    }
  }

  /** The whole of a field's content as UTF-8 text. */
  public static String text(ByteReader in) {
    try {
      byte[] bytes = in.raw(in.remaining());
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedException("a text is not UTF-8");
    }
  }

  /** Gives fields by tag. */
  public static final class Reader {
    private final List<Field> fields = new ArrayList<>();
    private final Set<Long> known = new HashSet<>();

    private record Field(long tag, ByteString content) {}

    /**
     * Reads all fields.
     *
     * @throws MalformedException where the bytes are not fields
     */
    public Reader(byte[] bytes) {
      ByteReader in = new ByteReader(bytes);
      while (in.remaining() > 0) {
        long tag = in.varint();
        fields.add(new Field(tag, ByteString.of(in.bytes(in.remaining()))));
      }
    }

    /** All fields of this tag. */
    public <T> List<T> all(int tag, Function<ByteReader, T> decode) {
      known.add((long) tag);
      List<T> values = new ArrayList<>();
      for (Field field : fields) {
        if (field.tag == tag) {
          ByteReader in = new ByteReader(field.content.bytes());
          values.add(decode.apply(in));
          in.end();
        }
      }
      return values;
    }

    /** The one field of this tag, which may be missing. */
    public <T> Optional<T> optional(int tag, Function<ByteReader, T> decode) {
      List<T> values = all(tag, decode);
      if (values.size() > 1) {
        throw new MalformedException("field " + tag + " is there twice");
      }
      return values.stream().findFirst();
    }

    /** The one field of this tag, which must be there. */
    public <T> T one(int tag, Function<ByteReader, T> decode) {
      return optional(tag, decode)
          .orElseThrow(() -> new MalformedException("field " + tag + " is missing"));
    }

    /**
     * Checks that every field with an odd tag was asked for.
     *
     * @throws UnknownFieldException where one was not
     */
    public void requireAllKnown() {
      for (Field field : fields) {
        if ((field.tag & 1) == 1 && !known.contains(field.tag)) {
          throw new UnknownFieldException(field.tag);
        }
      }
    }
  }
}
