package org.mailkeep.engine.verify;

/** Is told how a check goes on. Called by many threads; must be quick. */
public interface CheckObserver {

  /** Nobody watches. */
  CheckObserver SILENT =
      new CheckObserver() {
        @Override
        public void planned(long packs, long bytes) {}

        @Override
        public void packDone(long bytes) {}

        @Override
        public void stage(String what) {}
      };

  /** So many packs, with so many bytes, will be read. */
  void planned(long packs, long bytes);

  /** One more pack was read. */
  void packDone(long bytes);

  /** What comes next, for a person. */
  void stage(String what);
}
