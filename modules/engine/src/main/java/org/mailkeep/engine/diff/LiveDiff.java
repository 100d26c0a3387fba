package org.mailkeep.engine.diff;

import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.ListedDirectory;
import org.mailkeep.engine.browse.SnapshotTree;
import org.mailkeep.mail.store.Place;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.tree.TreeReader;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.DirectoryEntry;
import org.mailkeep.unix.Errno;
import org.mailkeep.unix.FileStat;
import org.mailkeep.unix.FileType;

/**
 * Compares a part of a snapshot with what stands in its place now. What a backup would leave out is
 * no difference, nor is anything beside what was backed up. No link is followed; only directories
 * are opened, and regular files where their content is to be compared. Memory is that of the
 * largest directory. For one thread.
 */
public final class LiveDiff {

  private final TreeReader reader;
  private final LiveEntries live;
  private final LiveRules rules;
  private final Observer observer;
  private final Cancellation cancellation;
  private final TreeDiff gone;

  /** Is told what differs, and what cannot be looked at. */
  public interface Observer extends DiffObserver {
    /** Something of the live tree cannot be read. */
    void unreadable(RawPath path, String problem);
  }

  /**
   * A comparison with this snapshot's rules.
   *
   * @param own folders of the program's own, which no backup has
   */
  public LiveDiff(
      Snapshot snapshot,
      TreeReader reader,
      LiveEntries live,
      List<RawPath> own,
      Observer observer,
      Cancellation cancellation) {
    this.reader = reader;
    this.live = live;
    this.rules = new LiveRules(snapshot.manifest(), own);
    this.observer = observer;
    this.cancellation = cancellation;
    this.gone = new TreeDiff(reader, observer, cancellation);
  }

  /** Tells what differs at a path and below; the live tree comes second. */
  public void compare(SnapshotTree.Found found) {
    List<FileName> names = found.path().names();
    if (names.isEmpty()) {
      try (Directory root = Directory.open(RawPath.ROOT)) {
        directories(root, found.path(), found.entry(), Place.OTHER);
      }
      return;
    }
    try (Directory parent = Directory.open(found.path().parent())) {
      both(parent, found.path(), renamed(found.entry(), names.getLast()), Place.OTHER);
    } catch (SystemCallException e) {
      if (e.errno() != Errno.ENOENT) {
        throw e;
      }
      gone.compare(found.path(), Optional.of(found.entry()), Optional.empty());
    }
  }

  private static Entry renamed(Entry entry, FileName name) {
    return new Entry(name, entry.metadata(), entry.body(), entry.linkGroup());
  }

  /** What the snapshot has at a path, beside what is there. */
  private void both(Directory parent, RawPath path, Entry was, Place within) {
    guarded(
        path,
        () -> {
          Optional<FileStat> stat = parent.statIfPresent(was.name());
          if (stat.isEmpty()) {
            gone.compare(path, Optional.of(was), Optional.empty());
            return;
          }
          Entry is = live.entry(parent, was.name(), stat.get(), Optional.of(was));
          boolean stays =
              was.body() instanceof Body.Directory && is.body() instanceof Body.Directory;
          tell(path, was, is);
          if (stays) {
            try (Directory directory = parent.openDirectory(was.name())) {
              directories(directory, path, was, within);
            }
            return;
          }
          if (was.body() instanceof Body.Directory directory) {
            for (Entry child : reader.entries(directory.root())) {
              gone.compare(path.resolve(child.name()), Optional.of(child), Optional.empty());
            }
          }
          below(parent, path, is, within);
        });
  }

  private void tell(RawPath path, Entry was, Entry is) {
    Set<Aspect> aspects = Aspect.between(was, is);
    boolean leads = was.body() instanceof Body.Directory directory && directory.partial();
    if (!aspects.isEmpty() && !leads) {
      observer.found(new Difference.Changed(path, was, is, aspects));
    }
  }

  /** Both are directories. */
  private void directories(Directory directory, RawPath path, Entry was, Place within) {
    if (!(was.body() instanceof Body.Directory body)) {
      return;
    }
    cancellation.check();
    boolean mount = directory.stat().mountRoot() && body.files() == 0;
    List<DirectoryEntry> listed = mount ? List.of() : directory.list();
    ListedDirectory listing = new ListedDirectory(directory, listed);
    Place place = Place.of(within, was.name(), listing);
    TreeSet<FileName> names = new TreeSet<>();
    if (!body.partial() && !rules.leavesEmpty(place, listing)) {
      listed.forEach(entry -> names.add(entry.name()));
    }
    try {
      merge(directory, path, reader.entries(body.root()).iterator(), names, place);
    } catch (UnreadableException e) {
      observer.damaged(path, e);
    }
  }

  private void merge(
      Directory directory,
      RawPath path,
      Iterator<Entry> stored,
      NavigableSet<FileName> names,
      Place place) {
    while (stored.hasNext()) {
      Entry was = stored.next();
      while (!names.isEmpty() && names.first().compareTo(was.name()) < 0) {
        came(directory, path.resolve(names.first()), names.pollFirst(), place);
      }
      names.remove(was.name());
      both(directory, path.resolve(was.name()), was, place);
    }
    while (!names.isEmpty()) {
      came(directory, path.resolve(names.first()), names.pollFirst(), place);
    }
  }

  /** The snapshot does not have it. */
  private void came(Directory directory, RawPath path, @Nullable FileName name, Place place) {
    if (name == null || rules.leavesOut(path)) {
      return;
    }
    guarded(
        path,
        () -> {
          Optional<FileStat> stat = directory.statIfPresent(name);
          boolean leftOut =
              stat.isEmpty()
                  || (stat.get().type() != FileType.DIRECTORY && rules.leavesOut(place, name));
          if (!leftOut) {
            Entry is = live.entry(directory, name, stat.get(), Optional.empty());
            observer.found(new Difference.Added(path, is));
            below(directory, path, is, place);
          }
        });
  }

  private void below(Directory parent, RawPath path, Entry is, Place within) {
    if (!(is.body() instanceof Body.Directory)) {
      return;
    }
    cancellation.check();
    try (Directory directory = parent.openDirectory(is.name())) {
      List<DirectoryEntry> listed = directory.list();
      ListedDirectory listing = new ListedDirectory(directory, listed);
      Place place = Place.of(within, is.name(), listing);
      if (!rules.leavesEmpty(place, listing)) {
        for (FileName name : new TreeSet<>(listed.stream().map(DirectoryEntry::name).toList())) {
          came(directory, path.resolve(name), name, place);
        }
      }
    }
  }

  private void guarded(RawPath path, Runnable work) {
    try {
      work.run();
    } catch (SystemCallException e) {
      observer.unreadable(path, e.problem());
    }
  }
}
