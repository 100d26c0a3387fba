package org.mailkeep.engine.restore;

import org.mailkeep.model.RawPath;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.unix.Directory;

/**
 * Something that is no directory, and the directory of the target where it belongs.
 *
 * @param directory where, open
 * @param path its path in the snapshot
 * @param entry what
 */
record FileJob(Directory directory, RawPath path, Entry entry) {

  /** The bytes that are held in memory while it is written. */
  long weight() {
    return entry.body() instanceof Body.RegularFile file ? file.size() : 0;
  }

  /** What has its name in the target, not followed. */
  TargetNode node() {
    return TargetNode.of(directory, entry.name());
  }
}
