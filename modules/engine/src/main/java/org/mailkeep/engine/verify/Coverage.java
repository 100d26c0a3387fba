package org.mailkeep.engine.verify;

import java.time.Instant;
import java.util.Optional;

/**
 * How much of all data the checks of this host have read.
 *
 * @param packs all packs
 * @param bytes their bytes
 * @param readPacks packs that were read at some time
 * @param readBytes their bytes
 * @param oldest when the one of these was read whose reading is longest ago
 */
public record Coverage(
    long packs, long bytes, long readPacks, long readBytes, Optional<Instant> oldest) {

  /** Whether each byte was read since {@link #oldest}. */
  public boolean isWhole() {
    return readPacks == packs;
  }
}
