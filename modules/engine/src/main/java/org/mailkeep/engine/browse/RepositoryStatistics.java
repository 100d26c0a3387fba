package org.mailkeep.engine.browse;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.mailkeep.model.ObjectId;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.block.BlockInfo;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.repository.pack.PackTable;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.storage.ObjectFolder;

/**
 * What a repository holds. Sizes are in bytes.
 *
 * @param snapshots their number
 * @param files files in all snapshots together, each as often as it is in one
 * @param bytes their sizes
 * @param packs the number of packs
 * @param chunkBytes plaintext of all chunks
 * @param packBytes the packs' files
 * @param indexBytes the index segments' files
 * @param totalBytes all objects
 * @param kinds the same by kind of block
 */
public record RepositoryStatistics(
    long snapshots,
    long files,
    long bytes,
    long packs,
    long chunkBytes,
    long packBytes,
    long indexBytes,
    long totalBytes,
    Map<String, Use> kinds) {

  /** Keeps the order of kinds. */
  public RepositoryStatistics {
    kinds = new LinkedHashMap<>(kinds);
  }

  /**
   * What one kind of block uses.
   *
   * @param chunks the number of chunks
   * @param bytes their plaintext
   * @param stored their blocks, sealed
   */
  public record Use(long chunks, long bytes, long stored) {
    private static final Use NOTHING = new Use(0, 0, 0);

    Use plus(BlockInfo block) {
      return new Use(
          chunks + block.chunks().size(), bytes + block.length(), stored + block.storedLength());
    }
  }

  /** Counts, from snapshots and index segments; no pack is read. */
  public static RepositoryStatistics of(Repository repository) {
    List<Snapshot> snapshots = repository.snapshots().list(_ -> {});
    Map<BlockKind, Use> kinds = new EnumMap<>(BlockKind.class);
    long packs = 0;
    for (ObjectId segment : repository.segments().list()) {
      for (PackTable pack : repository.segments().read(segment)) {
        packs++;
        pack.blocks()
            .forEach(
                block ->
                    kinds.put(
                        block.kind(), kinds.getOrDefault(block.kind(), Use.NOTHING).plus(block)));
      }
    }
    Map<String, Use> named = new LinkedHashMap<>();
    kinds.forEach((kind, use) -> named.put(kind.name().toLowerCase(Locale.ROOT), use));
    return new RepositoryStatistics(
        snapshots.size(),
        snapshots.stream().mapToLong(s -> s.manifest().root().files()).sum(),
        snapshots.stream().mapToLong(s -> s.manifest().root().size()).sum(),
        packs,
        kinds.values().stream().mapToLong(Use::bytes).sum(),
        size(repository, ObjectFolder.ROOT.folder("packs")),
        size(repository, ObjectFolder.ROOT.folder("index")),
        size(repository),
        named);
  }

  /** The size of all objects, in bytes. */
  public static long size(Repository repository) {
    return size(repository, ObjectFolder.ROOT);
  }

  private static long size(Repository repository, ObjectFolder folder) {
    AtomicLong size = new AtomicLong();
    repository.storage().list(folder, object -> size.addAndGet(object.size()));
    return size.get();
  }
}
