package org.mailkeep.model.error;

/** A system call failed: which one, on what, and with which error number. */
public final class SystemCallException extends MailkeepException {

  private final String call;
  private final int errno;
  private final String meaning;

  /**
   * @param call the call's name as in its manual page, section 2
   * @param path the path concerned, ready for display
   * @param errno the error number of errno(3)
   * @param meaning the error in words
   */
  public SystemCallException(String call, String path, int errno, String meaning) {
    super(path + ": " + meaning + " (" + call + ")", "", null);
    this.call = call;
    this.errno = errno;
    this.meaning = meaning;
  }

  /** The call's name. */
  public String call() {
    return call;
  }

  /** What failed without on what: the error in words and the call. */
  public String problem() {
    return meaning + " (" + call + ")";
  }

  /** The error number of errno(3). */
  public int errno() {
    return errno;
  }
}
