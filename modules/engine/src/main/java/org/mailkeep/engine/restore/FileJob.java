package org.mailkeep.engine.restore;

import org.mailkeep.model.RawPath;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;

/**
 * A file to be written.
 *
 * @param directory where
 * @param entry what
 */
record FileJob(RestoredDirectory directory, Entry entry) {

  RawPath path() {
    return directory.path().resolve(entry.name());
  }

  /** The bytes that are held in memory while it is written. */
  long weight() {
    return entry.body() instanceof Body.RegularFile file ? file.size() : 0;
  }
}
