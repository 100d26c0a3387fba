package org.mailkeep.web.server;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.mailkeep.model.error.MailkeepException;

/** All that there is to be asked for. */
public interface Site {

  /** The files that everybody gets, by their paths. */
  Map<String, Asset> assets();

  /** The pages, by their paths. */
  Map<String, Handler> pages();

  /** What changes something, by its path: only for forms of the pages themselves. */
  Map<String, Handler> changes();

  /** The metrics; empty where there are none. */
  Supplier<Optional<String>> metrics();

  /**
   * The page on which to log in.
   *
   * @param problem why it did not work; empty the first time
   */
  Response logIn(int status, String problem);

  /** Tells somebody who is logged in what went wrong. */
  Response problem(int status, String message, String advice);

  /** Tells somebody who is logged in what went wrong. */
  default Response problem(int status, MailkeepException e) {
    return problem(status, e.getMessage(), e.advice());
  }

  /**
   * A file of the page itself.
   *
   * @param type its type
   * @param bytes its content
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Asset(String type, byte[] bytes) {}
}
