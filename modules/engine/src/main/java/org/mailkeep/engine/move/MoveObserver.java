package org.mailkeep.engine.move;

import org.mailkeep.engine.restore.RestoreObserver;
import org.mailkeep.model.RawPath;

/** Is told how a move goes on: of the files as any restore tells, and then of each step. */
public interface MoveObserver extends RestoreObserver {

  /** Nobody watches. */
  MoveObserver SILENT =
      new MoveObserver() {
        @Override
        public void planned(long files, long bytes) {}

        @Override
        public void restored(long files, long bytes) {}

        @Override
        public void problem(RawPath path, String problem) {}
      };

  /** A file of qmail's has been changed. */
  default void changed(FileChange change) {}

  /** Something that had to be done then is done. */
  default void done(FollowUp followUp) {}
}
