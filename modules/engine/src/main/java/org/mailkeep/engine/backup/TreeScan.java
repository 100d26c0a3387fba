package org.mailkeep.engine.backup;

import java.util.List;
import java.util.Optional;
import org.mailkeep.crypto.ChunkHasher;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.sort.SortSpace;
import org.mailkeep.mail.store.Place;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.model.snapshot.Manifest;
import org.mailkeep.model.tree.Metadata;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.FileStat;
import org.mailkeep.unix.FileType;

/**
 * Walks the sources in one thread: enters each directory with what the last run knew of it. What is
 * in it is for {@link MessageFolders} and {@link OrdinaryFolders}, which come back here for the
 * directories that they find.
 */
final class TreeScan {

  /** Puts into the root directory of a snapshot what is not in that of the host. */
  interface Beside {
    /** Nothing. */
    Beside NOTHING = (root, stat) -> {};

    /** Adds it; {@code stat} is the host's root. */
    void addTo(OpenDirectory root, FileStat stat);
  }

  private final Exclusions exclusions;
  private final DirectoryMemory memory;
  private final FileVisit files;
  private final MessageFolders messages;
  private final OrdinaryFolders ordinary;
  private final ScanLog log;
  private final Cancellation cancellation;
  private final OpenDirectory.Finisher finisher;
  private final ChunkHasher hasher;
  private final SortSpace space;
  private long sourceDevice;

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
    this.exclusions = new Exclusions(rules, log);
    this.memory = memory;
    this.log = log;
    this.cancellation = cancellation;
    this.finisher = finisher;
    this.hasher = hasher;
    this.space = space;
    this.files = new FileVisit(reading, log, observer, hasher, space);
    Walk walk = new Walk(exclusions, files, log, space, fullScan, this::visitDirectory);
    this.messages = new MessageFolders(walk, EntrySums.of(hasher));
    this.ordinary = new OrdinaryFolders(walk, messages);
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
    Found found = new Found(name, stat);
    sourceDevice = stat.device();
    if (stat.type() == FileType.DIRECTORY) {
      visitDirectory(directory, open, found, Place.OTHER);
    } else {
      files.visit(directory, open, List.of(found), Optional.empty(), false);
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

  /** A directory below another: see {@link Descent#into}. */
  private void visitDirectory(Directory parent, OpenDirectory open, Found found, Place within) {
    cancellation.check();
    RawPath path = open.path().resolve(found.name());
    try {
      Optional<Directory> opened = parent.openDirectoryIfPresent(found.name());
      if (opened.isPresent()) {
        try (Directory directory = opened.get()) {
          visitOpened(directory, open, found.name(), within);
        }
      }
    } catch (SystemCallException e) {
      log.unreadable(path, e.problem());
      addUnreadable(open, found);
    }
  }

  private void visitOpened(Directory directory, OpenDirectory parent, FileName name, Place within) {
    FileStat stat = directory.stat();
    OpenDirectory open = enter(Optional.of(parent), name, directory, stat, false);
    if (exclusions.leavesEmpty(open.path(), stat, sourceDevice)) {
      open.unsettle();
      open.done();
    } else if (!MessageFolders.holds(name, within) || !messages.reuse(open, stat)) {
      fill(directory, open, within);
    }
  }

  /** A directory that exists and cannot be looked into still comes back, empty. */
  private void addUnreadable(OpenDirectory parent, Found found) {
    FileName name = found.name();
    FileStat stat = found.stat();
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
      if (MessageFolders.holds(open.facts().name(), within)) {
        messages.fill(directory, open);
      } else {
        ordinary.fill(directory, open, within);
      }
    } catch (SystemCallException e) {
      log.unreadable(open.path(), e.problem());
      open.unsettle();
    } finally {
      open.done();
    }
  }
}
