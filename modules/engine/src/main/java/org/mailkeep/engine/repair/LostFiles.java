package org.mailkeep.engine.repair;

import org.mailkeep.model.RawPath;

/** Is told what a snapshot has lost. */
interface LostFiles {

  /**
   * A file is lost, or part of a directory.
   *
   * @param problem what cannot be read, for a person
   */
  void lost(RawPath path, String problem);
}
