package org.mailkeep.engine.restore;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.ListedDirectory;
import org.mailkeep.engine.restore.WantedTree.Wanted;
import org.mailkeep.mail.listing.EntryType;
import org.mailkeep.mail.store.FileRules;
import org.mailkeep.mail.store.Place;
import org.mailkeep.mail.store.QueueShape;
import org.mailkeep.mail.store.Structure;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.DirectoryEntry;
import org.mailkeep.unix.FileStat;
import org.mailkeep.unix.FileType;

/**
 * Finds what directories that are wanted as a whole have in the target and not in the snapshot, and
 * hands it to a {@link Surplus}. What a backup leaves out by itself is no surplus: a live queue, a
 * running service's state, locks, caches. Nothing is looked for behind links and mount points. For
 * one thread.
 */
final class SurplusRemoval {

  private final WantedTree tree;
  private final SparedPaths spared;
  private final Surplus surplus;
  private final Cancellation cancellation;

  SurplusRemoval(WantedTree tree, SparedPaths spared, Surplus surplus, Cancellation cancellation) {
    this.tree = tree;
    this.spared = spared;
    this.surplus = surplus;
    this.cancellation = cancellation;
  }

  /** Takes what is found, in an order in which it can be removed. */
  interface Surplus {
    /** Something in a directory; a directory itself only when all in it is gone. */
    void remove(RawPath path, Directory directory, FileName name, FileStat stat);

    /** All surplus of a directory that is wanted was found, and there was some. */
    void finish(Wanted wanted, Directory directory);
  }

  /** Goes through the whole target. */
  void run(Directory target) {
    walk(tree.base(), target, Place.OTHER);
  }

  private void walk(Wanted wanted, Directory directory, Place within) {
    cancellation.check();
    Optional<Place> place = clear(wanted, directory, within);
    if (place.isEmpty()) {
      return;
    }
    for (Wanted entry : tree.entries(wanted)) {
      if (entry.isDirectory()) {
        try (TargetFolder below = TargetFolder.in(directory, entry.entry().name())) {
          below
              .directory()
              .filter(open -> !isMountPoint(open.stat(), directory))
              .ifPresent(open -> walk(entry, open, place.get()));
        }
      }
    }
  }

  /** Removes what one directory has too many; gives what it is, unless all in it is to stay. */
  private Optional<Place> clear(Wanted wanted, Directory directory, Place within) {
    if (spared.isOwn(directory.stat())) {
      return Optional.empty();
    }
    List<DirectoryEntry> listed = directory.list();
    ListedDirectory listing = new ListedDirectory(directory, listed);
    Place place = Place.of(within, wanted.entry().name(), listing);
    if (isProtected(place, listing)) {
      return Optional.empty();
    }
    if (wanted.whole() && !wanted.isPartial()) {
      Set<FileName> unknown = new HashSet<>();
      listed.forEach(entry -> unknown.add(entry.name()));
      for (Entry entry : tree.all(wanted)) {
        unknown.remove(entry.name());
      }
      boolean any = false;
      for (FileName name : new TreeSet<>(unknown)) {
        any |= remove(wanted.path(), directory, place, name);
      }
      if (any) {
        surplus.finish(wanted, directory);
      }
    }
    return Optional.of(place);
  }

  /** Whether something went. */
  private boolean remove(RawPath in, Directory directory, Place place, FileName name) {
    Optional<FileStat> stat = directory.statIfPresent(name);
    if (stat.isEmpty()) {
      return false;
    }
    boolean leftOut =
        stat.get().type() != FileType.DIRECTORY
            && !FileRules.classify(place, name, EntryType.FILE).fileClass().isStored();
    return !leftOut && remove(in.resolve(name), directory, name, stat.get());
  }

  /** Removes something with all in it; gives whether nothing is left of it. */
  private boolean remove(RawPath path, Directory directory, FileName name, FileStat stat) {
    cancellation.check();
    if (!tree.mayContain(path)
        || spared.contains(path, stat)
        || (stat.type() == FileType.DIRECTORY
            && (isMountPoint(stat, directory) || !isEmptied(path, directory, name)))) {
      return false;
    }
    surplus.remove(path, directory, name, stat);
    return true;
  }

  /**
   * Removes all in a directory that the snapshot does not have; of that nothing is kept but a queue
   * and the state of a service that may be running.
   */
  private boolean isEmptied(RawPath path, Directory above, FileName name) {
    try (Directory directory = above.openDirectory(name)) {
      List<DirectoryEntry> listed = directory.list();
      if (isProtected(Place.OTHER, new ListedDirectory(directory, listed))) {
        return false;
      }
      boolean all = true;
      for (FileName child : new TreeSet<>(listed.stream().map(DirectoryEntry::name).toList())) {
        Optional<FileStat> stat = directory.statIfPresent(child);
        all &= stat.isEmpty() || remove(path.resolve(child), directory, child, stat.get());
      }
      return all;
    }
  }

  private static boolean isProtected(Place place, ListedDirectory listing) {
    return Structure.of(place, listing).isPresent() || QueueShape.hasParts(listing);
  }

  private static boolean isMountPoint(FileStat stat, Directory above) {
    return stat.mountRoot() || stat.device() != above.stat().device();
  }
}
