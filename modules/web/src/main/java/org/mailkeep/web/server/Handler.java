package org.mailkeep.web.server;

import org.mailkeep.web.access.Sessions.Session;

/** Makes a page for somebody who is logged in. */
@FunctionalInterface
public interface Handler {

  /**
   * Answers a request.
   *
   * @throws org.mailkeep.model.error.MailkeepException where it cannot, which is told on a page
   */
  Response answer(Request request, Session session);
}
