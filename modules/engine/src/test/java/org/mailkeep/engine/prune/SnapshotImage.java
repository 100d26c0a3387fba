package org.mailkeep.engine.prune;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.mailkeep.engine.browse.SnapshotTree;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.content.Recipe;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.tree.TreeReader;

/** A tree as a map from paths to mode, time, size and content, from the disk or from a snapshot. */
final class SnapshotImage {

  private static final int LARGEST = 1 << 24;

  private SnapshotImage() {}

  /** Of files and directories on disk, without the first. */
  static Map<String, String> of(Path root) {
    Map<String, String> image = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      paths
          .filter(path -> !path.equals(root))
          .forEach(path -> image.put(path.toString(), describe(path, SnapshotImage::content)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return image;
  }

  /**
   * A file or directory.
   *
   * @param content describes the content of a file
   */
  static String describe(Path path, Function<Path, String> content) {
    try {
      int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 0777;
      long nanos =
          Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).to(TimeUnit.NANOSECONDS);
      return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
          ? describe("directory", mode, nanos, describe(new byte[0]))
          : describe("file", mode, nanos, content.apply(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a file on disk holds. */
  static String content(Path file) {
    try {
      return describe(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String describe(String type, int mode, long nanos, String content) {
    return type + " " + Integer.toOctalString(mode) + " " + nanos + " " + content;
  }

  private static String describe(byte[] content) {
    return content.length + " " + UUID.nameUUIDFromBytes(content);
  }

  /** Of what a snapshot has below a directory; everything is read. */
  static Map<String, String> of(Snapshot snapshot, Path root, ChunkReader reader) {
    return of(snapshot, root, reader, new HashMap<>());
  }

  /**
   * The same.
   *
   * @param read what was read with this reader before, which is read once; may be added to
   */
  static Map<String, String> of(
      Snapshot snapshot, Path root, ChunkReader reader, Map<Recipe, String> read) {
    Map<String, String> image = new TreeMap<>();
    SnapshotTree tree = new SnapshotTree(snapshot, new TreeReader(reader));
    ContentReader content = new ContentReader(reader);
    tree.walk(
        tree.require(RawPath.of(root.toString())),
        found -> {
          image.put(found.path().text(), describe(found.entry(), content, read));
          return true;
        });
    return image;
  }

  private static String describe(Entry entry, ContentReader content, Map<Recipe, String> read) {
    int mode = entry.metadata().mode() & 0777;
    long nanos = entry.metadata().mtimeSeconds() * 1_000_000_000L + entry.metadata().mtimeNanos();
    return entry.body() instanceof Body.RegularFile file
        ? describe(
            "file",
            mode,
            nanos,
            read.computeIfAbsent(file.recipe(), recipe -> describe(content.bytes(recipe, LARGEST))))
        : describe("directory", mode, nanos, describe(new byte[0]));
  }
}
