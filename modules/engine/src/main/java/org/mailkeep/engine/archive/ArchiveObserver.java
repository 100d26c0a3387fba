package org.mailkeep.engine.archive;

import org.mailkeep.model.RawPath;

/** Is told what of an archive cannot come along. */
public interface ArchiveObserver {

  /** A member is left out, and why. */
  void skipped(RawPath path, String problem);

  /** Something about the archive as a whole. */
  void note(String text);
}
