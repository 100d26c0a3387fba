package org.mailkeep.repository.block;

import java.util.Optional;

/** How a block's plaintext became the bytes that were sealed. */
public enum Codec {
  /** As it is: it did not get smaller. */
  RAW,
  /** One zstd frame (RFC 8878). */
  ZSTD,
  /** One zstd frame whose dictionary is the raw content of the block's base chunks, joined. */
  ZSTD_DELTA;

  /** The number that stands for it in a pack's table. */
  public int code() {
    return ordinal();
  }

  /** The codec of this number. */
  public static Optional<Codec> of(int code) {
    return code >= 0 && code < values().length ? Optional.of(values()[code]) : Optional.empty();
  }
}
