package org.mailkeep.engine.backup;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailkeep.model.ByteString;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.FileName;
import org.mailkeep.repository.tree.DirectoryNodes;
import org.mailkeep.unix.FileStat;

/**
 * A directory as the last run saw it. Its entries are read from the host state when they are first
 * asked for. For one thread.
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
    boolean hasSameFiles(List<DirectoryListing.Found> found, ByteString sum) {
      return trusted
          && !signature.equals(DirectorySignature.NONE)
          && found.stream()
              .map(DirectoryListing.Found::stat)
              .allMatch(stat -> isBeforeScan(stat.ctimeSeconds(), stat.ctimeNanos()))
          && signature.files().equals(sum);
    }

    /** Whether a later change would surely have had another time than this one. */
    private boolean isBeforeScan(long seconds, int nanos) {
      return seconds * 1000 + nanos / 1_000_000 + GUARD_MILLIS < scannedAt;
    }
  }

  /**
   * What the host state holds of the entries.
   *
   * @param leaves the entries of each leaf
   */
  record Content(DirectoryNodes nodes, Map<ChunkId, List<Scanned>> leaves) {
    static final Content NONE = new Content(DirectoryNodes.NONE, Map.of());
  }

  /** Reads the content. */
  interface Loader {
    Content load();
  }

  private final Optional<Summary> summary;
  private final Loader loader;
  private Optional<Content> content = Optional.empty();
  private final Map<FileName, Scanned> byName = new HashMap<>();

  KnownDirectory(Optional<Summary> summary, Loader loader) {
    this.summary = summary;
    this.loader = loader;
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

  DirectoryNodes nodes() {
    return content().nodes();
  }

  /** The entries of a leaf; none where there was no such leaf. */
  List<Scanned> leaf(ChunkId id) {
    return content().leaves().getOrDefault(id, List.of());
  }

  /** All entries, in no order. */
  Collection<Scanned> entries() {
    content();
    return byName.values();
  }

  Optional<Scanned> byName(FileName name) {
    content();
    return Optional.ofNullable(byName.get(name));
  }

  private Content content() {
    if (content.isEmpty()) {
      Content loaded = loader.load();
      for (List<Scanned> leaf : loaded.leaves().values()) {
        leaf.forEach(scanned -> byName.put(scanned.entry().name(), scanned));
      }
      content = Optional.of(loaded);
    }
    return content.get();
  }
}
