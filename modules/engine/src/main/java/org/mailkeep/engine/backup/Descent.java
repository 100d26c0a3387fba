package org.mailkeep.engine.backup;

import org.mailkeep.mail.store.Place;
import org.mailkeep.unix.Directory;

/** The way of a walk into the directories that it finds. */
interface Descent {

  /**
   * Walks through a directory.
   *
   * @param parent where it is
   * @param open what becomes of {@code parent} in the snapshot
   * @param within what {@code parent} is in a mail store
   */
  void into(Directory parent, OpenDirectory open, Found found, Place within);
}
