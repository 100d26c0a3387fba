package org.mailkeep.engine.backup;

import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.mailkeep.engine.sort.SortSpace;
import org.mailkeep.engine.sort.SortedRuns;
import org.mailkeep.model.ByteString;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Metadata;
import org.mailkeep.unix.FileStat;

/**
 * A directory of the snapshot that is being filled. It is ended by whoever brings its last entry:
 * the walk, or the thread that read its last file, or its last child. Safe for use by many threads.
 */
final class OpenDirectory {

  /** Writes what a directory became. */
  interface Finisher {
    /** Writes the nodes of a directory whose entries are complete, and remembers them. */
    Finished finish(OpenDirectory directory, DirectoryContent content);
  }

  /**
   * What a directory became.
   *
   * @param root its root node
   */
  record Finished(ChunkId root, ContentTotals totals) {}

  /**
   * What is known of it when it is entered.
   *
   * @param name its name in its parent
   * @param path its path
   * @param stat its status before it was listed
   * @param metadata its metadata
   * @param partial whether it only leads to sources
   * @param scannedAt when its listing began, milliseconds since 1970
   */
  record Facts(
      FileName name,
      RawPath path,
      FileStat stat,
      Metadata metadata,
      boolean partial,
      long scannedAt) {}

  private static final Comparator<Scanned> BY_NAME =
      Comparator.comparing(scanned -> scanned.entry().name());

  private final Optional<OpenDirectory> parent;
  private final Facts facts;
  private final KnownDirectory known;
  private final Finisher finisher;
  private final AtomicInteger missing = new AtomicInteger(1);
  private final SortedRuns<Scanned> entries;
  private final Set<FileName> dropped = new HashSet<>();
  private final BitSet sameLeaves = new BitSet();
  private volatile boolean unsettled;
  private volatile @Nullable ByteString files;
  private volatile boolean sameFiles;
  private Optional<Entry> result = Optional.empty();

  OpenDirectory(
      Optional<OpenDirectory> parent,
      Facts facts,
      KnownDirectory known,
      Finisher finisher,
      SortSpace space) {
    this.parent = parent;
    this.facts = facts;
    this.known = known;
    this.finisher = finisher;
    // While names change hands, two files may have had one: what is added last has it.
    this.entries = space.sort(BY_NAME, ScannedLeaf.CODEC);
    parent.ifPresent(OpenDirectory::expect);
  }

  Facts facts() {
    return facts;
  }

  RawPath path() {
    return facts.path();
  }

  KnownDirectory known() {
    return known;
  }

  /** One more part will report by {@link #done}. */
  void expect() {
    missing.incrementAndGet();
  }

  void add(Scanned entry) {
    synchronized (entries) {
      entries.add(entry);
    }
  }

  /**
   * Leaves of the directory as it was known are still as they were, and their entries are not added
   * one by one.
   *
   * @param leaves the places of those leaves
   */
  void keep(BitSet leaves) {
    synchronized (entries) {
      sameLeaves.or(leaves);
    }
  }

  /** What has this name turned out to be elsewhere: it is not added, or no longer. */
  void drop(FileName name) {
    synchronized (entries) {
      dropped.add(name);
    }
  }

  /**
   * Something in it could not be read, or changed meanwhile: the next run must look again, whatever
   * the directory's times say.
   */
  void unsettle() {
    unsettled = true;
  }

  boolean isUnsettled() {
    return unsettled;
  }

  /**
   * All that is in it but directories is listed.
   *
   * @param sum of what was found
   */
  void listed(ByteString sum) {
    files = sum;
  }

  /** As {@link #listed}; all of it is as the last run saw it, and is not added one by one. */
  void listedSame(ByteString sum) {
    files = sum;
    sameFiles = true;
  }

  /**
   * Sums up what is in it.
   *
   * @param directories the sum of directories
   */
  DirectorySignature signature(ByteString directories) {
    ByteString sum = files;
    return sum == null || unsettled
        ? DirectorySignature.NONE
        : new DirectorySignature(sum, directories);
  }

  /** A part has added its entries; the last one ends the directory. */
  void done() {
    if (missing.decrementAndGet() == 0) {
      end();
    }
  }

  private void end() {
    report(body());
  }

  /** What it became. Nobody adds to it any more: the lock is for what others have written. */
  private Body.Directory body() {
    synchronized (entries) {
      try (entries) {
        Optional<KnownDirectory.Summary> before = known.summary().filter(_ -> sameFiles);
        if (before.isPresent()) {
          ByteString directories = ContentTotals.of(content()).directories();
          if (signature(directories).equals(before.get().signature())) {
            return bodyOf(before.get());
          }
          addFilesOfLastRun();
        }
        Finished finished = finisher.finish(this, content());
        ContentTotals totals = finished.totals();
        return new Body.Directory(finished.root(), totals.files(), totals.size(), facts.partial());
      }
    }
  }

  private void addFilesOfLastRun() {
    for (KnownLeaf leaf : known.leaves()) {
      known.entries(leaf).orElseThrow(() -> DirectoryContent.lost(path())).stream()
          .filter(scanned -> !(scanned.entry().body() instanceof Body.Directory))
          .forEach(this::add);
    }
  }

  private DirectoryContent content() {
    return new DirectoryContent(path(), known, sameLeaves, entries, dropped);
  }

  /** The directory is as it was: it is not filled. */
  void reuse(KnownDirectory.Summary same) {
    report(bodyOf(same));
  }

  private Body.Directory bodyOf(KnownDirectory.Summary same) {
    return new Body.Directory(same.root(), same.files(), same.size(), facts.partial());
  }

  private void report(Body.Directory body) {
    Entry entry = new Entry(facts.name(), facts.metadata(), body, 0);
    if (parent.isPresent()) {
      FileStat stat = facts.stat();
      parent.get().add(new Scanned(entry, stat.inode(), stat.ctimeSeconds(), stat.ctimeNanos()));
      parent.get().done();
    } else {
      synchronized (entries) {
        result = Optional.of(entry);
      }
    }
  }

  /** The entry of a root directory that has ended. */
  Entry result() {
    synchronized (entries) {
      return result.orElseThrow(() -> new IllegalStateException("not ended: " + path()));
    }
  }
}
