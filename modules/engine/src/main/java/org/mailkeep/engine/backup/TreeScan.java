package org.mailkeep.engine.backup;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.mailkeep.crypto.ChunkHasher;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.ListedDirectory;
import org.mailkeep.engine.sort.FileNameCodec;
import org.mailkeep.engine.sort.SortSpace;
import org.mailkeep.engine.sort.SortedRuns;
import org.mailkeep.mail.maildir.MaildirNames;
import org.mailkeep.mail.store.Place;
import org.mailkeep.model.ByteString;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.model.snapshot.Manifest;
import org.mailkeep.model.tree.Metadata;
import org.mailkeep.model.tree.NameTest;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.DirectoryEntry;
import org.mailkeep.unix.FileStat;
import org.mailkeep.unix.FileType;

/**
 * Walks the sources in one thread, decides what of each directory is known, and hands what must be
 * read to {@link FileReading}.
 *
 * <p>In every directory, {@code new} and {@code cur} come first, then other directories, and files
 * last: a UID database is read after the messages that it speaks of (a message without an entry
 * gets a new UID; an entry without a message is dropped).
 */
final class TreeScan {

  private static final Comparator<DirectoryListing.Found> BY_NAME =
      Comparator.comparing(DirectoryListing.Found::name);

  private static final Comparator<DirectoryEntry> ENTRY_BY_NAME =
      Comparator.comparing(DirectoryEntry::name);

  private static final Comparator<DirectoryListing.Found> MESSAGES_FIRST =
      Comparator.<DirectoryListing.Found>comparingInt(found -> rank(found.name()))
          .thenComparing(DirectoryListing.Found::name);

  /** The rank of directories that are neither. */
  private static final int BESIDE = 2;

  /** Puts into the root directory of a snapshot what is not in that of the host. */
  interface Beside {
    /** Nothing. */
    Beside NOTHING = (root, stat) -> {};

    /** Adds it; {@code stat} is the host's root. */
    void addTo(OpenDirectory root, FileStat stat);
  }

  private final ScanRules rules;
  private final DirectoryMemory memory;
  private final FileVisit files;
  private final ScanLog log;
  private final BackupObserver observer;
  private final Cancellation cancellation;
  private final OpenDirectory.Finisher finisher;
  private final ChunkHasher hasher;
  private final EntrySums sums;
  private final boolean fullScan;
  private final SortSpace space;
  private long sourceDevice;

  /** Those of the Maildir whose {@code new} and {@code cur} the walk is at. */
  private Arrivals arrivals = new Arrivals();

  TreeScan(
      ScanRules rules,
      DirectoryMemory memory,
      FileReading reading,
      ScanLog log,
      BackupObserver observer,
      Cancellation cancellation,
      OpenDirectory.Finisher finisher,
      ChunkHasher hasher,
      boolean fullScan,
      SortSpace space) {
    this.rules = rules;
    this.memory = memory;
    this.space = space;
    this.files = new FileVisit(reading, log, observer, hasher, space);
    this.sums = EntrySums.of(hasher);
    this.log = log;
    this.observer = observer;
    this.cancellation = cancellation;
    this.finisher = finisher;
    this.hasher = hasher;
    this.fullScan = fullScan;
  }

  /** Walks all sources; the directory given back ends when the last file is read. */
  OpenDirectory scan(SourceTree sources, Beside beside) {
    try (Directory root = Directory.open(RawPath.ROOT)) {
      FileStat stat = root.stat();
      FileName name = FileName.of(Manifest.ROOT_NAME);
      OpenDirectory open = enter(Optional.empty(), name, root, stat, !sources.isSource());
      beside.addTo(open, stat);
      walkSources(root, stat, open, sources);
      return open;
    }
  }

  /** A directory that leads to sources, or is one. */
  private void walkSources(
      Directory directory, FileStat stat, OpenDirectory open, SourceTree sources) {
    if (sources.isSource()) {
      sourceDevice = stat.device();
      fill(directory, open, Place.OTHER);
      return;
    }
    for (FileName name : sources.names()) {
      SourceTree below = sources.child(name);
      if (below.isSource()) {
        visitSource(directory, open, name);
      } else {
        RawPath path = open.path().resolve(name);
        try (Directory child = Directory.open(path)) {
          FileStat childStat = child.stat();
          OpenDirectory next = enter(Optional.of(open), name, child, childStat, true);
          walkSources(child, childStat, next, below);
        }
      }
    }
    open.done();
  }

  private void visitSource(Directory directory, OpenDirectory open, FileName name) {
    FileStat stat = directory.stat(name);
    sourceDevice = stat.device();
    if (stat.type() == FileType.DIRECTORY) {
      visitDirectory(directory, open, name, stat, Place.OTHER);
    } else {
      List<DirectoryListing.Found> found = List.of(new DirectoryListing.Found(name, stat));
      files.visit(directory, open, found, Optional.empty(), false);
    }
  }

  private OpenDirectory enter(
      Optional<OpenDirectory> parent,
      FileName name,
      Directory directory,
      FileStat stat,
      boolean partial) {
    RawPath path = directory.path();
    Metadata metadata = FileMetadata.of(stat, directory);
    if (partial) {
      metadata = FileMetadata.withoutTimes(metadata);
    } else {
      log.owner(stat.uid(), stat.gid());
    }
    OpenDirectory.Facts facts =
        new OpenDirectory.Facts(name, path, stat, metadata, partial, System.currentTimeMillis());
    return new OpenDirectory(parent, facts, memory.load(memory.key(hasher, path)), finisher, space);
  }

  /**
   * A directory below another.
   *
   * @param within what the other one is
   */
  private void visitDirectory(
      Directory parent, OpenDirectory open, FileName name, FileStat seen, Place within) {
    cancellation.check();
    RawPath path = open.path().resolve(name);
    try {
      Optional<Directory> opened = parent.openDirectoryIfPresent(name);
      if (opened.isPresent()) {
        try (Directory directory = opened.get()) {
          visitOpened(directory, open, name, within);
        }
      }
    } catch (SystemCallException e) {
      log.unreadable(path, e.problem());
      addUnreadable(open, name, seen);
    }
  }

  private void visitOpened(Directory directory, OpenDirectory parent, FileName name, Place within) {
    FileStat stat = directory.stat();
    OpenDirectory open = enter(Optional.of(parent), name, directory, stat, false);
    Optional<String> empty = rules.leavesEmpty(open.path(), stat, sourceDevice);
    if (empty.isPresent()) {
      log.leftOut(open.path(), empty.get());
      open.unsettle();
      open.done();
      return;
    }
    Optional<KnownDirectory.Summary> before = open.known().summary();
    if (isMessages(name, within)
        && !fullScan
        && before.isPresent()
        && before.get().isUnchanged(stat)) {
      log.unchangedFiles.add(before.get().files());
      observer.entries(before.get().files(), before.get().size());
      if (name.equals(MaildirNames.NEW)) {
        arrivals.areUnchanged(open, before.get());
      } else {
        open.reuse(before.get());
      }
      return;
    }
    fill(directory, open, within);
  }

  private static boolean isMessages(FileName name, Place within) {
    return within == Place.MAILDIR
        && (name.equals(MaildirNames.NEW) || name.equals(MaildirNames.CUR));
  }

  /** A directory that exists and cannot be looked into still comes back, empty. */
  private void addUnreadable(OpenDirectory parent, FileName name, FileStat stat) {
    log.owner(stat.uid(), stat.gid());
    Metadata metadata = FileMetadata.of(stat, List.of());
    OpenDirectory.Facts facts =
        new OpenDirectory.Facts(name, parent.path().resolve(name), stat, metadata, false, 0);
    OpenDirectory open =
        new OpenDirectory(Optional.of(parent), facts, KnownDirectory.unknown(), finisher, space);
    open.unsettle();
    open.done();
  }

  private void fill(Directory directory, OpenDirectory open, Place within) {
    try {
      if (isMessages(open.facts().name(), within)) {
        fillMessages(directory, open);
      } else {
        fillOrdinary(directory, open, within);
      }
    } catch (SystemCallException e) {
      log.unreadable(open.path(), e.problem());
      open.unsettle();
    } finally {
      open.done();
    }
  }

  private void fillMessages(Directory directory, OpenDirectory open) {
    // Any message of new may be struck out in the end, so these are looked at one by one.
    Optional<MessageComparison.Result> compared =
        fullScan || !open.facts().name().equals(MaildirNames.CUR)
            ? Optional.empty()
            : MessageComparison.of(
                directory, open.known(), sums, files, log, isLeftOut(open.path()), space);
    if (compared.isPresent()) {
      fillChanged(directory, open, compared.get());
    } else {
      fillListed(directory, open);
    }
  }

  private NameTest isLeftOut(RawPath folder) {
    return rules.mayLeaveOutIn(folder)
        ? (name, length) ->
            rules.leavesOut(folder.resolve(FileName.of(name, 0, length))).isPresent()
        : (_, _) -> false;
  }

  private void fillChanged(
      Directory directory, OpenDirectory open, MessageComparison.Result compared) {
    arrivals.curIsListed(compared);
    open.keep(compared.same());
    long count = 0;
    long size = 0;
    for (int leaf = compared.same().nextSetBit(0);
        leaf >= 0;
        leaf = compared.same().nextSetBit(leaf + 1)) {
      count += open.known().leaves().get(leaf).node().entries();
      size += open.known().leaves().get(leaf).size();
    }
    log.unchangedFiles.add(count);
    observer.entries(count, size);
    Iterable<DirectoryListing.Found> found =
        () -> stream(compared.files()).map(Sighting::found).iterator();
    files.visit(directory, open, found, arrivals.origin(), true);
  }

  private void fillListed(Directory directory, OpenDirectory open) {
    MessageListing listing = MessageListing.of(directory, space);
    Optional<KnownDirectory> origin = Optional.empty();
    if (open.facts().name().equals(MaildirNames.NEW)) {
      arrivals.areListed(open, listing);
    } else {
      arrivals.curIsListed(listing);
      origin = arrivals.origin();
    }
    if (listing.hasDirectories()) {
      stream(listing)
          .filter(TreeScan::isDirectory)
          .filter(one -> !isLeftOut(open, one.name()))
          .forEach(one -> visitDirectory(directory, open, one.name(), one.stat(), Place.MESSAGES));
    }
    Iterable<DirectoryListing.Found> found =
        () ->
            stream(listing)
                .filter(one -> !isDirectory(one) && !isLeftOut(open, one.name()))
                .iterator();
    files.visit(directory, open, found, origin, true);
  }

  private static boolean isDirectory(DirectoryListing.Found found) {
    return found.stat().type() == FileType.DIRECTORY;
  }

  private static <T> Stream<T> stream(Iterable<T> elements) {
    return StreamSupport.stream(elements.spliterator(), false);
  }

  private void fillOrdinary(Directory directory, OpenDirectory open, Place within) {
    try (SortedRuns<DirectoryEntry> entries = space.sort(ENTRY_BY_NAME, FoundCodec.ENTRIES);
        SortedRuns<FileName> others = space.sort(Comparator.naturalOrder(), FileNameCodec.NAMES)) {
      directory.forEachName(
          (name, length, inode, type) ->
              entries.add(new DirectoryEntry(FileName.of(name, 0, length), inode, type)));
      ListedDirectory listing = new ListedDirectory(directory, entries);
      Place place = Place.of(within, open.facts().name(), listing);
      boolean isEmpty = !entries.isEmpty() && isLeftEmpty(open, place, listing);
      visitDirectories(directory, open, isEmpty ? List.of() : entries, others, place);
      visitOthers(directory, open, others, place);
    }
  }

  /** Visits those of the entries that are directories; the names of the others are added. */
  private void visitDirectories(
      Directory directory,
      OpenDirectory open,
      Iterable<DirectoryEntry> entries,
      SortedRuns<FileName> others,
      Place place) {
    try (SortedRuns<DirectoryListing.Found> directories =
        space.sort(MESSAGES_FIRST, FoundCodec.FOUND)) {
      for (DirectoryEntry entry : entries) {
        if (entry.type() != null && entry.type() != FileType.DIRECTORY) {
          others.add(entry.name());
          continue;
        }
        Optional<FileStat> stat = directory.statIfPresent(entry.name());
        if (stat.isPresent() && stat.get().type() == FileType.DIRECTORY) {
          directories.add(new DirectoryListing.Found(entry.name(), stat.get()));
        } else if (stat.isPresent()) {
          others.add(entry.name());
        }
      }
      for (DirectoryListing.Found found : directories) {
        if (place == Place.MAILDIR && rank(found.name()) == BESIDE) {
          endArrivals(directory);
        }
        if (!isLeftOut(open, found.name())) {
          visitDirectory(directory, open, found.name(), found.stat(), place);
        }
      }
    }
    if (place == Place.MAILDIR) {
      endArrivals(directory);
    }
  }

  private void visitOthers(
      Directory directory, OpenDirectory open, Iterable<FileName> others, Place place) {
    try (SortedRuns<DirectoryListing.Found> found = space.sort(BY_NAME, FoundCodec.FOUND)) {
      for (FileName name : others) {
        if (!isLeftOut(open, name) && !isLeftOut(open, place, name)) {
          directory
              .statIfPresent(name)
              .ifPresent(stat -> found.add(new DirectoryListing.Found(name, stat)));
        }
      }
      visitFiles(directory, open, found);
    }
  }

  private void visitFiles(
      Directory directory, OpenDirectory open, Iterable<DirectoryListing.Found> found) {
    DirectorySignature.Sum added = new DirectorySignature.Sum();
    found.forEach(added::add);
    ByteString sum = added.end();
    if (isSame(open, found, sum)) {
      open.listedSame(sum);
      countUnchanged(found);
    } else {
      open.listed(sum);
      files.visit(directory, open, found, Optional.empty(), false);
    }
  }

  private void endArrivals(Directory maildir) {
    arrivals.end(maildir);
    arrivals = new Arrivals();
  }

  private boolean isSame(
      OpenDirectory open, Iterable<DirectoryListing.Found> files, ByteString sum) {
    return !fullScan
        && open.known().summary().filter(before -> before.hasSameFiles(files, sum)).isPresent();
  }

  private void countUnchanged(Iterable<DirectoryListing.Found> files) {
    long count = 0;
    long size = 0;
    for (DirectoryListing.Found file : files) {
      log.owner(file.stat().uid(), file.stat().gid());
      count++;
      size += file.stat().type() == FileType.REGULAR ? file.stat().size() : 0;
    }
    log.unchangedFiles.add(count);
    observer.entries(count, size);
  }

  /**
   * New before cur: a message that moves meanwhile is seen twice rather than never; {@link
   * Arrivals}.
   */
  private static int rank(FileName name) {
    return name.equals(MaildirNames.NEW) ? 0 : name.equals(MaildirNames.CUR) ? 1 : BESIDE;
  }

  private boolean isLeftEmpty(OpenDirectory open, Place place, ListedDirectory listing) {
    Optional<String> reason = rules.leavesEmpty(place, listing);
    reason.ifPresent(words -> log.leftOut(open.path(), words));
    return reason.isPresent();
  }

  private boolean isLeftOut(OpenDirectory open, Place place, FileName name) {
    Optional<String> reason = rules.leavesOut(place, name);
    reason.ifPresent(words -> log.leftOut(open.path().resolve(name), words));
    return reason.isPresent();
  }

  private boolean isLeftOut(OpenDirectory open, FileName name) {
    RawPath path = open.path().resolve(name);
    Optional<String> reason = rules.leavesOut(path);
    reason.ifPresent(words -> log.leftOut(path, words));
    return reason.isPresent();
  }
}
