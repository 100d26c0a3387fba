package org.mailkeep.repository.block;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Whole streams of zstd, RFC 8878, as archives are compressed with it. */
public final class ZstdStreams {

  /** The largest window that is accepted: 2^27 bytes, what zstd(1) takes without being asked. */
  private static final int LARGEST_WINDOW = 27;

  private ZstdStreams() {}

  /**
   * Compresses what is written; closing it ends the frame and closes {@code out}. The frame has a
   * checksum.
   */
  public static OutputStream compressing(OutputStream out, int level) throws IOException {
    return new ZstdOutputStream(out, level).setChecksum(true).setCloseFrameOnFlush(false);
  }

  /** The plaintext of one or more frames; one that is cut off gives an error, not an end. */
  public static InputStream decompressing(InputStream in) throws IOException {
    return new ZstdInputStream(in).setLongMax(LARGEST_WINDOW).setContinuous(false);
  }
}
