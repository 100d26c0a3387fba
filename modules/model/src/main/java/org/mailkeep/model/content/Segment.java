package org.mailkeep.model.content;

import java.util.List;

/** A stretch of a file's bytes. */
public sealed interface Segment {

  /** The number of bytes of the file that this segment stands for. */
  long length();

  /**
   * The chunk's bytes as they are.
   *
   * @param chunk the chunk
   */
  record Literal(ChunkRef chunk) implements Segment {
    @Override
    public long length() {
      return chunk.length();
    }
  }

  /**
   * The base64 text of the joined bytes of some chunks.
   *
   * @param layout how the text is cut into lines
   * @param chunks the decoded bytes, in order; at least one
   */
  record Base64(Base64Layout layout, List<ChunkRef> chunks) implements Segment {
    /** Copies the list. */
    public Base64 {
      chunks = List.copyOf(chunks);
      if (chunks.isEmpty()) {
        throw new IllegalArgumentException("a base64 segment without chunks");
      }
    }

    /** The number of decoded bytes. */
    public long decodedLength() {
      return chunks.stream().mapToLong(ChunkRef::length).sum();
    }

    @Override
    public long length() {
      return layout.encodedLength(decodedLength());
    }
  }

  /**
   * Zero bytes that take no room in a sparse file.
   *
   * @param length their number, 1 or more
   */
  record Hole(long length) implements Segment {
    /** Checks the length. */
    public Hole {
      if (length < 1) {
        throw new IllegalArgumentException("a hole of " + length + " bytes");
      }
    }
  }
}
