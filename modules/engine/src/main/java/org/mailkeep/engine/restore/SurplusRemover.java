package org.mailkeep.engine.restore;

import org.mailkeep.engine.restore.WantedTree.Wanted;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.FileStat;
import org.mailkeep.unix.FileType;

/** Removes surplus from the target. */
final class SurplusRemover implements SurplusRemoval.Surplus {

  private final MetadataWriter metadata;
  private final RestoreLog log;

  SurplusRemover(MetadataWriter metadata, RestoreLog log) {
    this.metadata = metadata;
    this.log = log;
  }

  @Override
  public void remove(RawPath path, Directory directory, FileName name, FileStat stat) {
    try {
      if (stat.type() == FileType.DIRECTORY) {
        directory.removeDirectory(name);
      } else {
        directory.unlink(name);
      }
      log.removedOne();
    } catch (SystemCallException e) {
      log.problem(path, "not removed: " + e.problem());
    }
  }

  /** Removing has changed its times. */
  @Override
  public void finish(Wanted wanted, Directory directory) {
    metadata.applyTimes(wanted.entry().metadata(), TargetNode.of(directory), wanted.path());
  }
}
