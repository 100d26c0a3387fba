package org.mailkeep.engine.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailkeep.model.FileName;

/**
 * What became of one message in one mailbox.
 *
 * @param mailbox the mailbox's number
 * @param base the base name of its file, which it keeps for its life
 * @param message the message's number
 * @param content tells its content from others
 * @param states each with what was new, the oldest first; at least one
 */
record Life(int mailbox, FileName base, int message, long content, List<LifeState> states) {

  /** More changes are not told apart; the first and the last ones are kept. */
  static final int MAX_STATES = 500;

  Life {
    states = List.copyOf(states);
  }

  /** Where it is now; empty where it is gone. */
  Optional<MessagePlace> place() {
    return states.getLast().place();
  }

  /** The same life with one more change. */
  Life then(int snapshot, Optional<MessagePlace> place) {
    List<LifeState> more = new ArrayList<>(states);
    if (more.getLast().snapshot() == snapshot && more.size() > 1) {
      more.removeLast();
    }
    more.add(new LifeState(snapshot, place));
    if (more.size() > MAX_STATES) {
      more.remove(1);
    }
    return new Life(mailbox, base, message, content, more);
  }
}
