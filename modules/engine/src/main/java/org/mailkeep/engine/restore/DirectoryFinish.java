package org.mailkeep.engine.restore;

import org.mailkeep.engine.restore.WantedTree.Wanted;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.model.tree.Metadata;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.FileType;

/** Gives directories their metadata when all in them is done. */
final class DirectoryFinish {

  private final EntryComparison comparison;
  private final MetadataWriter metadata;
  private final RestoreLog log;

  DirectoryFinish(EntryComparison comparison, MetadataWriter metadata, RestoreLog log) {
    this.comparison = comparison;
    this.metadata = metadata;
    this.log = log;
  }

  /**
   * Sets what differs, where this restore has made or was asked for the directory. One that only
   * leads to what was backed up stays as it is where it was there before.
   */
  void finish(RestoredDirectory restored) {
    if (restored.isMade() || restored.wanted().whole()) {
      restored.opened().ifPresent(directory -> finish(restored, directory));
    }
  }

  private void finish(RestoredDirectory restored, Directory directory) {
    Wanted wanted = restored.wanted();
    Metadata entry = wanted.entry().metadata();
    TargetNode node = TargetNode.of(directory);
    if (wanted.isPartial()) {
      if (restored.isMade()) {
        metadata.applyWithoutTimes(entry, node, FileType.DIRECTORY, wanted.path());
      }
    } else if (restored.isMade() || differs(wanted, directory)) {
      metadata.apply(entry, node, FileType.DIRECTORY, wanted.path());
    }
  }

  private boolean differs(Wanted wanted, Directory directory) {
    try {
      return !comparison.metadata(wanted, directory).isEmpty();
    } catch (SystemCallException e) {
      log.problem(wanted.path(), e.problem());
      return false;
    }
  }
}
