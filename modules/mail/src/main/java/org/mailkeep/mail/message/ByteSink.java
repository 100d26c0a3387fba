package org.mailkeep.mail.message;

/** Takes bytes in order. */
@FunctionalInterface
public interface ByteSink {

  /**
   * The next bytes.
   *
   * @param buffer belongs to the caller and changes after the return
   */
  void bytes(byte[] buffer, int offset, int length);
}
