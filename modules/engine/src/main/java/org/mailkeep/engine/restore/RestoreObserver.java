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

  /** Something in the target is not as the snapshot has it, as a clause. */
  default void difference(RawPath path, String difference) {}

  /** Everything is to be compared now, so many files with so many bytes. */
  default void verifying(long files, long bytes) {}

  /** So many more files, with so many bytes, are compared. */
  default void verified(long files, long bytes) {}

  /** The user should know this, though all is restored. */
  default void warning(String text) {}

  /** A file came back with the owners that it has here, not those of the snapshot, in its text. */
  default void rewritten(RewrittenFile file) {}
}
