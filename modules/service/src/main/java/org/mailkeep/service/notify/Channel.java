package org.mailkeep.service.notify;

import java.util.Optional;

/** A way to tell somebody. */
public interface Channel {

  /** What its memory is kept under. */
  String name();

  /** Delivers a message; gives what went wrong, or empty when it is on its way. */
  Optional<String> send(Message message);
}
