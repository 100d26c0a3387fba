package org.mailkeep.model.encoding;

/**
 * Bytes that are not an encoding of what was expected. Who knows which object they came from turns
 * this into a {@link org.mailkeep.model.error.DamagedException}.
 */
public final class MalformedException extends RuntimeException {

  private final String detail;

  /**
   * @param detail what is wrong, as a clause
   */
  public MalformedException(String detail) {
    super(detail);
    this.detail = detail;
  }

  /** What is wrong, as a clause. */
  @Override
  public String getMessage() {
    return detail;
  }
}
