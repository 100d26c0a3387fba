package org.mailkeep.engine.restore;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.mailkeep.engine.PathPattern;
import org.mailkeep.engine.backup.ExclusionReason;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.model.snapshot.Manifest;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.FileStat;

/**
 * What is not removed though the snapshot does not have it: what the backup was told to leave out,
 * or could not read, and what this program itself needs.
 */
final class SparedPaths {

  private static final String EXCLUDE = "--exclude ";

  /** A file as its file system knows it. */
  private record Identity(long device, long inode) {}

  private final List<PathPattern> patterns = new ArrayList<>();
  private final List<RawPath> paths = new ArrayList<>();
  private final Set<Identity> own = new HashSet<>();

  private final Predicate<RawPath> removable;

  private SparedPaths(Predicate<RawPath> removable) {
    this.removable = removable;
  }

  /**
   * What a snapshot cannot know of.
   *
   * @param ownPaths files and folders of this host that must stay, such as the repository;
   *     absolute, and the last name no link
   * @param removable what else may go, by its path in the snapshot's tree
   * @throws RefusedException where the snapshot does not say all that it lacks
   */
  static SparedPaths of(Manifest manifest, List<RawPath> ownPaths, Predicate<RawPath> removable) {
    Manifest.Unreadable unreadable = manifest.unreadable();
    if (unreadable.count() > unreadable.failures().size()) {
      throw new RefusedException(
          "The backup could not read "
              + unreadable.count()
              + " files, more than it names, and --delete would remove them as if they had been"
              + " deleted",
          "Nothing was written. Restore without --delete, or from another snapshot.");
    }
    SparedPaths spared = new SparedPaths(removable);
    unreadable.failures().forEach(failure -> spared.paths.add(failure.path()));
    for (Manifest.LeftOut leftOut : manifest.leftOut()) {
      Optional<PathPattern> pattern = ExclusionReason.pattern(leftOut.reason());
      pattern.ifPresentOrElse(spared.patterns::add, () -> spared.paths.addAll(leftOut.examples()));
    }
    manifest.options().stream()
        .filter(option -> option.startsWith(EXCLUDE))
        .map(option -> PathPattern.of(option.substring(EXCLUDE.length())))
        .forEach(spared.patterns::add);
    ownPaths.forEach(spared::addOwn);
    return spared;
  }

  private void addOwn(RawPath path) {
    try (Directory directory = Directory.open(path.parent())) {
      directory
          .statIfPresent(path.names().getLast())
          .map(SparedPaths::identity)
          .ifPresent(own::add);
    } catch (SystemCallException e) {
      // What is not there cannot be removed.
    }
  }

  private static Identity identity(FileStat stat) {
    return new Identity(stat.device(), stat.inode());
  }

  /** Whether this program needs it. */
  boolean isOwn(FileStat stat) {
    return own.contains(identity(stat));
  }

  /**
   * Whether something stays, with all that is in it.
   *
   * @param path where it stands in the snapshot's tree
   */
  boolean contains(RawPath path, FileStat stat) {
    return isOwn(stat)
        || patterns.stream().anyMatch(p -> p.matches(path))
        || paths.stream().anyMatch(path::startsWith)
        || !removable.test(path);
  }
}
