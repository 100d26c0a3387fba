package org.mailkeep.engine.backup;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailkeep.crypto.ChunkHasher;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.ListedDirectory;
import org.mailkeep.mail.maildir.MessageName;
import org.mailkeep.mail.store.Place;
import org.mailkeep.model.ByteString;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.model.snapshot.Manifest;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Metadata;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.DirectoryEntry;
import org.mailkeep.unix.Errno;
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

  private static final FileName NEW = FileName.of("new");
  private static final FileName CUR = FileName.of("cur");

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
  private final FileReading reading;
  private final ScanLog log;
  private final BackupObserver observer;
  private final Cancellation cancellation;
  private final OpenDirectory.Finisher finisher;
  private final ChunkHasher hasher;
  private final boolean fullScan;
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
      boolean fullScan) {
    this.rules = rules;
    this.memory = memory;
    this.reading = reading;
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
      visitFiles(directory, open, List.of(new DirectoryListing.Found(name, stat)), false);
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
    return new OpenDirectory(parent, facts, memory.load(memory.key(hasher, path)), finisher);
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
      if (name.equals(NEW)) {
        arrivals.areUnchanged(open, before.get());
      } else {
        open.reuse(before.get());
      }
      return;
    }
    fill(directory, open, within);
  }

  private static boolean isMessages(FileName name, Place within) {
    return within == Place.MAILDIR && (name.equals(NEW) || name.equals(CUR));
  }

  /** A directory that exists and cannot be looked into still comes back, empty. */
  private void addUnreadable(OpenDirectory parent, FileName name, FileStat stat) {
    log.owner(stat.uid(), stat.gid());
    Metadata metadata = FileMetadata.of(stat, List.of());
    OpenDirectory.Facts facts =
        new OpenDirectory.Facts(name, parent.path().resolve(name), stat, metadata, false, 0);
    KnownDirectory nothing =
        new KnownDirectory(Optional.empty(), () -> KnownDirectory.Content.NONE);
    OpenDirectory open = new OpenDirectory(Optional.of(parent), facts, nothing, finisher);
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
    List<DirectoryListing.Found> files = new ArrayList<>();
    for (DirectoryListing.Found found : DirectoryListing.readMessages(directory)) {
      if (!isLeftOut(open, found.name())) {
        if (found.stat().type() == FileType.DIRECTORY) {
          visitDirectory(directory, open, found.name(), found.stat(), Place.MESSAGES);
        } else {
          files.add(found);
        }
      }
    }
    if (open.facts().name().equals(NEW)) {
      arrivals.areListed(open, files);
    } else {
      arrivals.curIsListed(files);
    }
    visitFiles(directory, open, files, true);
  }

  private void fillOrdinary(Directory directory, OpenDirectory open, Place within) {
    List<DirectoryEntry> entries = directory.list();
    ListedDirectory listing = new ListedDirectory(directory, entries);
    Place place = Place.of(within, open.facts().name(), listing);
    if (!entries.isEmpty() && isLeftEmpty(open, place, listing)) {
      entries = List.of();
    }
    DirectoryListing.Split split = DirectoryListing.split(directory, entries);
    List<DirectoryListing.Found> directories = new ArrayList<>(split.directories());
    directories.sort(Comparator.comparing(DirectoryListing.Found::name, TreeScan::messagesFirst));
    visitDirectories(directory, open, directories, place);
    List<DirectoryListing.Found> files = new ArrayList<>();
    for (FileName name : split.others()) {
      if (!isLeftOut(open, name) && !isLeftOut(open, place, name)) {
        directory
            .statIfPresent(name)
            .ifPresent(stat -> files.add(new DirectoryListing.Found(name, stat)));
      }
    }
    ByteString sum = DirectorySignature.ofFiles(files);
    if (isSame(open, files, sum)) {
      open.listedSame(sum);
      countUnchanged(files);
    } else {
      open.listed(sum);
      visitFiles(directory, open, files, false);
    }
  }

  private void visitDirectories(
      Directory directory,
      OpenDirectory open,
      List<DirectoryListing.Found> directories,
      Place place) {
    for (DirectoryListing.Found found : directories) {
      if (place == Place.MAILDIR && rank(found.name()) == BESIDE) {
        endArrivals(directory);
      }
      if (!isLeftOut(open, found.name())) {
        visitDirectory(directory, open, found.name(), found.stat(), place);
      }
    }
    if (place == Place.MAILDIR) {
      endArrivals(directory);
    }
  }

  private void endArrivals(Directory maildir) {
    arrivals.end(maildir);
    arrivals = new Arrivals();
  }

  private boolean isSame(OpenDirectory open, List<DirectoryListing.Found> files, ByteString sum) {
    return !fullScan
        && open.known().summary().filter(before -> before.hasSameFiles(files, sum)).isPresent();
  }

  private void countUnchanged(List<DirectoryListing.Found> files) {
    long size = 0;
    for (DirectoryListing.Found file : files) {
      log.owner(file.stat().uid(), file.stat().gid());
      size += file.stat().type() == FileType.REGULAR ? file.stat().size() : 0;
    }
    log.unchangedFiles.add(files.size());
    observer.entries(files.size(), size);
  }

  private static int messagesFirst(FileName a, FileName b) {
    int order = Integer.compare(rank(a), rank(b));
    return order != 0 ? order : a.compareTo(b);
  }

  /**
   * New before cur: a message that moves meanwhile is seen twice rather than never; {@link
   * Arrivals}.
   */
  private static int rank(FileName name) {
    return name.equals(NEW) ? 0 : name.equals(CUR) ? 1 : BESIDE;
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

  private void visitFiles(
      Directory directory,
      OpenDirectory open,
      List<DirectoryListing.Found> files,
      boolean messages) {
    Map<FileName, Scanned> byBase = messages ? knownMessages(open.known()) : Map.of();
    List<FileReading.Job> jobs = new ArrayList<>();
    for (DirectoryListing.Found found : files) {
      log.owner(found.stat().uid(), found.stat().gid());
      if (found.stat().type() != FileType.REGULAR) {
        visitSpecial(directory, open, found);
        continue;
      }
      Optional<Scanned> known = known(open.known(), byBase, found, messages);
      if (known.isEmpty() || !take(directory, open, found, known.get())) {
        Optional<Entry> before = open.known().byName(found.name()).map(Scanned::entry);
        jobs.add(new FileReading.Job(found.name(), found.stat(), messages, before));
      }
    }
    jobs.sort(Comparator.comparing(job -> job.stat().inode(), Long::compareUnsigned));
    reading.submit(directory, open, jobs);
  }

  private static Map<FileName, Scanned> knownMessages(KnownDirectory known) {
    Map<FileName, Scanned> byBase = new HashMap<>();
    for (Scanned scanned : known.entries()) {
      byBase.put(MessageName.of(scanned.entry().name()).baseName(), scanned);
    }
    return byBase;
  }

  /** The file as it was, if it surely has the same content. */
  private Optional<Scanned> known(
      KnownDirectory known,
      Map<FileName, Scanned> byBase,
      DirectoryListing.Found found,
      boolean messages) {
    FileStat stat = found.stat();
    return known
        .byName(found.name())
        .filter(scanned -> scanned.inode() == stat.inode())
        .or(() -> Optional.ofNullable(byBase.get(MessageName.of(found.name()).baseName())))
        .filter(scanned -> sameFile(scanned, stat))
        .filter(scanned -> messages || (sameChange(scanned, stat) && known.tellsChange(scanned)))
        .filter(scanned -> known.isTrusted() || reading.isStored(scanned.entry()));
  }

  private static boolean sameFile(Scanned scanned, FileStat stat) {
    return scanned.inode() == stat.inode()
        && scanned.entry().body() instanceof Body.RegularFile file
        && file.size() == stat.size()
        && scanned.entry().metadata().mtimeSeconds() == stat.mtimeSeconds()
        && scanned.entry().metadata().mtimeNanos() == stat.mtimeNanos();
  }

  private static boolean sameChange(Scanned scanned, FileStat stat) {
    return scanned.ctimeSeconds() == stat.ctimeSeconds()
        && scanned.ctimeNanos() == stat.ctimeNanos();
  }

  /** Takes a file over without reading it; false where it must be looked for under a new name. */
  private boolean take(
      Directory directory, OpenDirectory open, DirectoryListing.Found found, Scanned known) {
    FileStat stat = found.stat();
    Entry before = known.entry();
    try {
      Metadata metadata =
          sameChange(known, stat)
              ? FileMetadata.of(stat, before.metadata().attributes())
              : FileMetadata.of(stat, directory, found.name());
      Entry entry =
          new Entry(found.name(), metadata, before.body(), reading.linkGroup(hasher, stat));
      open.add(new Scanned(entry, stat.inode(), stat.ctimeSeconds(), stat.ctimeNanos()));
      log.unchangedFiles.increment();
      observer.entries(1, stat.size());
      return true;
    } catch (SystemCallException e) {
      if (e.errno() == Errno.ENOENT) {
        return false;
      }
      failed(open, found.name(), e);
      return true;
    }
  }

  private void visitSpecial(Directory directory, OpenDirectory open, DirectoryListing.Found found) {
    FileStat stat = found.stat();
    try {
      Metadata metadata = FileMetadata.of(stat, directory, found.name());
      Body body =
          switch (stat.type()) {
            case SYMLINK -> new Body.SymbolicLink(ByteString.of(directory.readLink(found.name())));
            case FIFO -> new Body.Fifo();
            case SOCKET -> new Body.Socket();
            case CHARACTER_DEVICE -> new Body.Device(false, stat.deviceMajor(), stat.deviceMinor());
            case BLOCK_DEVICE -> new Body.Device(true, stat.deviceMajor(), stat.deviceMinor());
            case REGULAR, DIRECTORY -> throw new IllegalStateException(stat.type().toString());
          };
      Entry entry = new Entry(found.name(), metadata, body, reading.linkGroup(hasher, stat));
      open.add(new Scanned(entry, stat.inode(), stat.ctimeSeconds(), stat.ctimeNanos()));
      log.examined(open.known().byName(found.name()).map(Scanned::entry), entry);
      observer.entries(1, 0);
    } catch (SystemCallException e) {
      failed(open, found.name(), e);
    }
  }

  private void failed(OpenDirectory open, FileName name, SystemCallException e) {
    if (e.errno() != Errno.ENOENT) {
      log.unreadable(open.path().resolve(name), e.problem());
      open.unsettle();
    }
  }
}
