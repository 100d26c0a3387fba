package org.mailkeep.engine.restore;

import org.mailkeep.engine.restore.WantedTree.Wanted;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.FileStat;
import org.mailkeep.unix.FileType;

/** Tells of surplus, and leaves it. */
record PlannedRemoval(PlanObserver planned, Plan.Tallies tallies)
    implements SurplusRemoval.Surplus {

  @Override
  public void remove(RawPath path, Directory directory, FileName name, FileStat stat) {
    long size = stat.type() == FileType.REGULAR ? stat.size() : 0;
    tallies.add(Change.REMOVE, stat.type() == FileType.DIRECTORY, size);
    planned.entry(
        new PlannedEntry(
            path, Change.REMOVE, stat.type(), size, stat.uid(), stat.gid(), "not in the snapshot"));
  }

  @Override
  public void finish(Wanted wanted, Directory directory) {}
}
