package org.mailkeep.engine.backup;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailkeep.engine.PathPattern;
import org.mailkeep.mail.listing.EntryType;
import org.mailkeep.mail.listing.Listing;
import org.mailkeep.mail.store.FileRules;
import org.mailkeep.mail.store.Place;
import org.mailkeep.mail.store.Structure;
import org.mailkeep.mail.store.Verdict;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.unix.FileStat;

/** Decides what is left out of a scan. Immutable. */
final class ScanRules {

  private final List<PathPattern> exclude;
  private final Set<RawPath> ownFolders;
  private final boolean oneFileSystem;
  private final boolean includeAll;
  private final Set<RawPath> kernelFolders;

  /**
   * @param kernelFolders where file systems are mounted that hold nothing but the kernel's state
   */
  ScanRules(BackupSettings settings, Set<RawPath> kernelFolders) {
    this.exclude = settings.exclude();
    this.ownFolders = Set.copyOf(settings.ownFolders());
    this.oneFileSystem = settings.oneFileSystem();
    this.includeAll = settings.includeAll();
    Set<RawPath> others = new HashSet<>(kernelFolders);
    settings.paths().forEach(others::remove);
    this.kernelFolders = others;
  }

  /** Why this path is not to be backed up at all, as words for the user; empty where it is. */
  Optional<String> leavesOut(RawPath path) {
    for (PathPattern pattern : exclude) {
      if (pattern.matches(path)) {
        return Optional.of(ExclusionReason.of(pattern));
      }
    }
    return ownFolders.contains(path) || path.equals(CommandOutput.FOLDER)
        ? Optional.of("the backup's own repository or state")
        : Optional.empty();
  }

  /** Whether {@link #leavesOut(RawPath)} can hold for anything right in this folder. */
  boolean mayLeaveOutIn(RawPath folder) {
    return !exclude.isEmpty()
        || ownFolders.stream().anyMatch(own -> own.parent().equals(folder))
        || CommandOutput.FOLDER.parent().equals(folder);
  }

  /** Why a directory is kept without what is in it; empty where it is kept whole. */
  Optional<String> leavesEmpty(RawPath path, FileStat stat, long sourceDevice) {
    if (kernelFolders.contains(path)) {
      return Optional.of("a file system of the kernel's");
    }
    return oneFileSystem && stat.device() != sourceDevice
        ? Optional.of("on another file system")
        : Optional.empty();
  }

  /** Why nothing in a directory is backed up for what it is in a mail store; empty where it is. */
  Optional<String> leavesEmpty(Place place, Listing directory) {
    return includeAll ? Optional.empty() : Structure.of(place, directory).map(Structure::reason);
  }

  /** Why something that is no directory is left out for what it is in a mail store. */
  Optional<String> leavesOut(Place place, FileName name) {
    if (includeAll) {
      return Optional.empty();
    }
    Verdict verdict = FileRules.classify(place, name, EntryType.FILE);
    return verdict.fileClass().isStored() ? Optional.empty() : Optional.of(verdict.reason());
  }
}
