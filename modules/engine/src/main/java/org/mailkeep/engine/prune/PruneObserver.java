package org.mailkeep.engine.prune;

/** Is told how a prune goes on; must be quick. */
public interface PruneObserver {

  /** Nobody watches. */
  PruneObserver SILENT =
      new PruneObserver() {
        @Override
        public void stage(String what, long packs, long bytes) {}

        @Override
        public void done(long packs, long bytes) {}

        @Override
        public void problem(String text) {}
      };

  /** What comes next, for a person, and how many packs with how many bytes it concerns. */
  void stage(String what, long packs, long bytes);

  /** So many more are done. */
  void done(long packs, long bytes);

  /** Something could not be removed; the prune goes on. */
  void problem(String text);
}
