package org.mailkeep.engine.diff;

import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.UnreadableException;

/** Is told what differs, by one thread. */
public interface DiffObserver {

  /** A path differs. Each comes once: directories before what is in them, else by name. */
  void found(Difference difference);

  /** The rest of this directory cannot be read in one of the trees; the comparison goes on. */
  void damaged(RawPath directory, UnreadableException problem);
}
