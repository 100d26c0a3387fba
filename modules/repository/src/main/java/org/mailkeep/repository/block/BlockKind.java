package org.mailkeep.repository.block;

import java.util.Optional;

/**
 * What the chunks of a block have in common, so that like is compressed with like.
 *
 * <p>{@link #isMetadata Metadata} goes into packs of its own where there is enough of it, so that
 * walking a tree need not touch the packs of content.
 */
public enum BlockKind {
  /** Tree nodes. */
  NODE(1, 512 << 10, true),
  /** Parts of recipes too long for a node. */
  RECIPE(2, 512 << 10, true),
  /** Content of files that are not mail. */
  DATA(3, 1 << 20, false),
  /** The lines that delivery puts on top of a message: different in every copy. */
  TRACE(4, 512 << 10, false),
  /** Headers of messages below the trace lines. */
  HEADER(5, 1 << 20, false),
  /** Text of messages. */
  TEXT(6, 1 << 20, false),
  /** Decoded attachments. */
  BINARY(7, 256 << 10, false);

  private final int code;
  private final int targetSize;
  private final boolean metadata;

  BlockKind(int code, int targetSize, boolean metadata) {
    this.code = code;
    this.targetSize = targetSize;
    this.metadata = metadata;
  }

  /** The number that stands for it in a pack's table. */
  public int code() {
    return code;
  }

  /** Plaintext bytes after which a block is closed. */
  public int targetSize() {
    return targetSize;
  }

  /** Whether its blocks stand in packs of metadata. */
  public boolean isMetadata() {
    return metadata;
  }

  /** The kind of this number. */
  public static Optional<BlockKind> of(int code) {
    return code >= 1 && code <= values().length
        ? Optional.of(values()[code - 1])
        : Optional.empty();
  }
}
