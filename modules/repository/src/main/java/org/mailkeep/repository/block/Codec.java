package org.mailkeep.repository.block;

import java.util.Arrays;
import java.util.Optional;

/** How a block's plaintext became the bytes that were sealed. */
public enum Codec {
  /** As it is: it did not get smaller. */
  RAW(0),
  /** One zstd frame (RFC 8878). */
  ZSTD(1),
  /** One zstd frame whose dictionary is the raw content of the block's base chunks, joined. */
  ZSTD_DELTA(2);

  private final int code;

  Codec(int code) {
    this.code = code;
  }

  /** The number that stands for it in a pack's table. */
  public int code() {
    return code;
  }

  /** The codec of this number. */
  public static Optional<Codec> of(int code) {
    return Arrays.stream(values()).filter(codec -> codec.code == code).findFirst();
  }
}
