package org.mailkeep.engine.sort;

import org.mailkeep.model.FileName;

/** The bytes of names. */
public final class FileNameCodec {

  /** Each with its length before it. */
  public static final RunCodec<FileName> NAMES =
      RunCodec.each(
          (name, out) -> out.bytes(name.bytes()), in -> FileName.of(in.bytes(FileName.MAX_LENGTH)));

  private FileNameCodec() {}
}
