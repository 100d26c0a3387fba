package org.mailkeep.engine.repair;

import org.mailkeep.model.ObjectId;
import org.mailkeep.model.RawPath;

/** Is told what a repair finds and does. Called by one thread. */
public interface RepairObserver {

  /** Nobody watches. */
  RepairObserver SILENT =
      new RepairObserver() {
        @Override
        public void stage(String what) {}

        @Override
        public void found(String object, String problem) {}

        @Override
        public void lost(ObjectId snapshot, RawPath path, String problem) {}
      };

  /** What comes next, for a person. */
  void stage(String what);

  /** Something is wrong with an object, and is dealt with, or would be in a dry run. */
  void found(String object, String problem);

  /** A snapshot has lost a file, or part of a directory. */
  void lost(ObjectId snapshot, RawPath path, String problem);
}
