package org.mailkeep.crypto;

/**
 * Sealed bytes that do not open: changed, cut short, moved to another place, or sealed with other
 * keys. Who knows which stored object they came from turns this into a {@link
 * org.mailkeep.model.error.DamagedException}.
 */
public final class SealBrokenException extends RuntimeException {

  /**
   * @param detail what does not open, as a clause
   */
  public SealBrokenException(String detail) {
    super(detail);
  }
}
