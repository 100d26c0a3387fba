package org.mailkeep.engine.find;

import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.UnreadableException;

/** Is told what a search finds, by one thread. */
public interface FindObserver {

  /** A path was found; each comes once. */
  void found(FoundPath path);

  /** A part of this directory cannot be read; the search goes on without it. */
  void damaged(RawPath directory, UnreadableException problem);
}
