package org.mailkeep.engine.restore;

import org.mailkeep.model.RawPath;

/** Is told how a restore goes on. Called by many threads, often; must be quick. */
public interface RestoreObserver {

  /** Nobody watches. */
  RestoreObserver SILENT =
      new RestoreObserver() {
        @Override
        public void planned(long files, long bytes) {}

        @Override
        public void restored(long files, long bytes) {}

        @Override
        public void problem(RawPath path, String problem) {}
      };

  /** So much is to be restored in all. */
  void planned(long files, long bytes);

  /** So many more files, with so many bytes, are done. */
  void restored(long files, long bytes);

  /** Something could not be restored as it was. */
  void problem(RawPath path, String problem);

  /** The user should know this, though all is restored. */
  default void warning(String text) {}

  /** A file came back with the owners that it has here, not those of the snapshot, in its text. */
  default void rewritten(RewrittenFile file) {}
}
