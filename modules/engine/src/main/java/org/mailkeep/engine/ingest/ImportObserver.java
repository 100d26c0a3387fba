package org.mailkeep.engine.ingest;

import org.mailkeep.model.RawPath;

/** Is told how an import goes on, by one thread. */
public interface ImportObserver {

  /** A member is being read. */
  void reading(RawPath path);

  /** One more member is done; of a regular file with so many bytes. */
  void done(long bytes);
}
