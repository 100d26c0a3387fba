package org.mailkeep.engine.backup;

import java.util.Comparator;
import java.util.Optional;
import org.mailkeep.crypto.ChunkHasher;
import org.mailkeep.engine.sort.SortSpace;
import org.mailkeep.engine.sort.SortedRuns;
import org.mailkeep.model.ByteString;
import org.mailkeep.model.FileName;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Metadata;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.Errno;
import org.mailkeep.unix.FileStat;
import org.mailkeep.unix.FileType;

/**
 * Decides which files that were found have the content that the last run saw, and hands the others
 * to {@link FileReading}. For the walking thread.
 */
final class FileVisit {

  /** Inodes lie on the disk in the order of their numbers. Names of one file are all read. */
  private static final Comparator<FileReading.Job> BY_INODE =
      Comparator.<FileReading.Job, Long>comparing(job -> job.stat().inode(), Long::compareUnsigned)
          .thenComparing(FileReading.Job::name);

  private final FileReading reading;
  private final ScanLog log;
  private final BackupObserver observer;
  private final ChunkHasher hasher;
  private final SortSpace space;

  FileVisit(
      FileReading reading,
      ScanLog log,
      BackupObserver observer,
      ChunkHasher hasher,
      SortSpace space) {
    this.space = space;
    this.reading = reading;
    this.log = log;
    this.observer = observer;
    this.hasher = hasher;
  }

  /** A number that the names of one file share, 0 for a file with one name. */
  long linkGroup(FileStat stat) {
    return reading.linkGroup(hasher, stat);
  }

  /**
   * Takes files over or has them read.
   *
   * @param files no directories among them; those of large directories in the order of names
   * @param origin where messages may have come from since then
   * @param messages whether they are messages in a Maildir
   */
  void visit(
      Directory directory,
      OpenDirectory open,
      Iterable<Found> files,
      Optional<KnownDirectory> origin,
      boolean messages) {
    try (SortedRuns<FileReading.Job> jobs = space.sort(BY_INODE, FoundCodec.JOBS)) {
      for (Found found : files) {
        log.owner(found.stat().uid(), found.stat().gid());
        if (found.stat().type() != FileType.REGULAR) {
          visitSpecial(directory, open, found);
          continue;
        }
        Optional<Scanned> same = same(open.known(), found, messages).or(() -> moved(origin, found));
        if (same.isEmpty() || !take(directory, open, found, same.get())) {
          jobs.add(new FileReading.Job(found, messages, before(open, found.name())));
        }
      }
      reading.submit(directory, open, jobs);
    }
  }

  private static Optional<Entry> before(OpenDirectory open, FileName name) {
    return open.known().files().byName(name).map(Scanned::entry);
  }

  /** The file as it was, if it surely has the same content. */
  private Optional<Scanned> same(KnownDirectory known, Found found, boolean messages) {
    FileStat stat = found.stat();
    return known
        .files()
        .byName(found.name())
        .filter(scanned -> scanned.inode() == stat.inode())
        .or(() -> messages ? message(known, found) : Optional.empty())
        .filter(scanned -> sameFile(scanned, stat))
        .filter(scanned -> messages || (sameChange(scanned, stat) && known.tellsChange(scanned)))
        .filter(scanned -> known.isTrusted() || reading.isStored(scanned.entry()));
  }

  private static Optional<Scanned> message(KnownDirectory known, Found found) {
    return known.files().namesOf(MessageFile.of(found)).stream().findFirst();
  }

  /** The message as it was elsewhere, under the same unique name. */
  private Optional<Scanned> moved(Optional<KnownDirectory> origin, Found found) {
    return origin.flatMap(
        from ->
            message(from, found)
                .filter(scanned -> sameFile(scanned, found.stat()))
                .filter(scanned -> from.isTrusted() || reading.isStored(scanned.entry())));
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
  private boolean take(Directory directory, OpenDirectory open, Found found, Scanned known) {
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
      log.unchanged(1, stat.size());
      return true;
    } catch (SystemCallException e) {
      if (e.errno() == Errno.ENOENT) {
        return false;
      }
      failed(open, found.name(), e);
      return true;
    }
  }

  private void visitSpecial(Directory directory, OpenDirectory open, Found found) {
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
      log.examined(before(open, found.name()), entry);
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
