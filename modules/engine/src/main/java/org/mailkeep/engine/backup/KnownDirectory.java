package org.mailkeep.engine.backup;

import java.util.List;
import java.util.Optional;
import org.mailkeep.model.ByteString;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.FileName;
import org.mailkeep.repository.tree.DirectoryNodes;
import org.mailkeep.unix.FileStat;

/**
 * A directory as the last run saw it. Its entries are read from the host state, leaf by leaf, when
 * they are asked for. For one thread.
 */
final class KnownDirectory {

  /**
   * What is remembered of the directory itself.
   *
   * @param trusted whether the run that saw it ended well, so that all of its content is stored
   * @param settled whether all in it was read, and its times tell of any change
   * @param scannedAt when its listing began, milliseconds since 1970
   * @param files files in the subtree
   * @param size bytes in the subtree
   * @param signature sums up its entries; {@link DirectorySignature#NONE} where some were unsure
   */
  record Summary(
      boolean trusted,
      boolean settled,
      long scannedAt,
      long inode,
      long mtimeSeconds,
      int mtimeNanos,
      long ctimeSeconds,
      int ctimeNanos,
      ChunkId root,
      long files,
      long size,
      DirectorySignature signature) {

    /** A change this soon after the listing may have the same time as one before it. */
    private static final long GUARD_MILLIS = 2000;

    /** Whether nothing can have been added to, removed from or renamed in the directory since. */
    boolean isUnchanged(FileStat now) {
      return trusted
          && settled
          && now.inode() == inode
          && now.mtimeSeconds() == mtimeSeconds
          && now.mtimeNanos() == mtimeNanos
          && now.ctimeSeconds() == ctimeSeconds
          && now.ctimeNanos() == ctimeNanos
          && isBeforeScan(mtimeSeconds, mtimeNanos)
          && isBeforeScan(ctimeSeconds, ctimeNanos);
    }

    /**
     * Whether these files, which are all but directories, are the same as they were.
     *
     * @param sum of them
     */
    boolean hasSameFiles(Iterable<Found> found, ByteString sum) {
      if (!trusted || signature.equals(DirectorySignature.NONE) || !signature.files().equals(sum)) {
        return false;
      }
      for (Found file : found) {
        if (!isBeforeScan(file.stat().ctimeSeconds(), file.stat().ctimeNanos())) {
          return false;
        }
      }
      return true;
    }

    /** Whether a later change would surely have had another time than this one. */
    private boolean isBeforeScan(long seconds, int nanos) {
      return seconds * 1000 + nanos / 1_000_000 + GUARD_MILLIS < scannedAt;
    }
  }

  /** Reads what the host state holds of the entries of a directory. */
  interface Memory {
    /** Nothing is held. */
    Memory NONE =
        new Memory() {
          @Override
          public List<KnownLeaf> leaves() {
            return List.of();
          }

          @Override
          public DirectoryNodes nodes() {
            return DirectoryNodes.NONE;
          }

          @Override
          public Optional<List<Scanned>> entries(KnownLeaf leaf) {
            return Optional.empty();
          }
        };

    /** The leaves in the order of names. */
    List<KnownLeaf> leaves();

    /** All nodes, whose bytes are read when they are asked for. */
    DirectoryNodes nodes();

    /** The entries of a leaf; empty where that part of the state is lost. */
    Optional<List<Scanned>> entries(KnownLeaf leaf);
  }

  private final Optional<Summary> summary;
  private final Memory memory;
  private final KnownFiles files = new KnownFiles(this);

  KnownDirectory(Optional<Summary> summary, Memory memory) {
    this.summary = summary;
    this.memory = memory;
  }

  /** A directory of which nothing is known. */
  static KnownDirectory unknown() {
    return new KnownDirectory(Optional.empty(), Memory.NONE);
  }

  Optional<Summary> summary() {
    return summary;
  }

  boolean isTrusted() {
    return summary.isPresent() && summary.get().trusted();
  }

  /** Whether a later change of the file than this one would show in its times. */
  boolean tellsChange(Scanned file) {
    return summary.isPresent()
        && summary.get().isBeforeScan(file.ctimeSeconds(), file.ctimeNanos());
  }

  /** The leaves in the order of names. */
  List<KnownLeaf> leaves() {
    return memory.leaves();
  }

  DirectoryNodes nodes() {
    return memory.nodes();
  }

  /** The entries of a leaf in the order of names; empty where that part of the state is lost. */
  Optional<List<Scanned>> entries(KnownLeaf leaf) {
    return memory.entries(leaf);
  }

  /** The place of the leaf that has, or would have, this name; the first one takes all before. */
  int leafOf(FileName name) {
    byte[] bytes = name.bytes();
    return leafOf(bytes, bytes.length);
  }

  /** As {@link #leafOf(FileName)}, of {@code name[0..length)}. */
  int leafOf(byte[] name, int length) {
    List<KnownLeaf> leaves = leaves();
    int low = 0;
    int high = leaves.size();
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (leaves.get(middle).node().first().compareTo(name, length) <= 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The entries by name. */
  KnownFiles files() {
    return files;
  }
}
