package org.mailkeep.engine.ingest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailkeep.engine.TemporaryState;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Metadata;
import org.mailkeep.model.tree.Node;
import org.mailkeep.model.tree.NodeCodec;
import org.mailkeep.repository.state.Table;
import org.mailkeep.repository.tree.DirectoryNodes;
import org.mailkeep.repository.tree.DirectoryWriter;
import org.mailkeep.repository.tree.NodeListener;
import org.mailkeep.repository.tree.TreeWriter;

/**
 * The entries of a tree, put in any order, on disk. A later one of the same path takes the place of
 * an earlier one. For one thread.
 *
 * <p>The key of an entry is the depth of its directory in two bytes, the directory's path, a zero
 * byte, and its name: so a directory's entries stand together, and directories of one depth stand
 * together. The value is a leaf with this one entry.
 */
final class EntryStore implements AutoCloseable {

  /** What a directory is like of which only others below it are known. */
  private static final Metadata LEADING = new Metadata(0755, 0, 0, 0, 0, List.of());

  private static final int MOST_TOPS = 50;

  private static final ChunkId NO_NODE = new ChunkId(0, 0, 0);

  private final TemporaryState state = TemporaryState.create();
  private int deepest;
  private Optional<Entry> root = Optional.empty();

  /** The body of a directory that is not written yet. */
  static Body.Directory unwritten() {
    return new Body.Directory(NO_NODE, 0, 0, false);
  }

  /**
   * Puts an entry.
   *
   * @param path its absolute path
   */
  void put(RawPath path, Entry entry) {
    List<FileName> names = path.names();
    if (names.isEmpty()) {
      root = Optional.of(entry);
      return;
    }
    deepest = Math.max(deepest, names.size() - 1);
    state.database().put(Table.NODES, key(path, names), encode(entry));
  }

  /** The entry that was put last at this path. */
  Optional<Entry> find(RawPath path) {
    List<FileName> names = path.names();
    return names.isEmpty()
        ? root
        : Optional.ofNullable(state.database().get(Table.NODES, key(path, names)))
            .map(EntryStore::decode);
  }

  /** What was noted under a number. */
  Optional<Entry> noted(long group) {
    return Optional.ofNullable(state.database().get(Table.FACTS, number(group)))
        .map(EntryStore::decode);
  }

  /** Notes an entry under a number. */
  void note(long group, Entry entry) {
    state.database().put(Table.FACTS, number(group), encode(entry));
  }

  private static byte[] number(long group) {
    return new ByteWriter(Long.BYTES).u64(group).toByteArray();
  }

  private static byte[] key(RawPath path, List<FileName> names) {
    byte[] parent = path.parent().bytes();
    FileName name = names.getLast();
    return new ByteWriter(parent.length + name.length() + 3)
        .raw(depth(names.size() - 1))
        .raw(parent)
        .u8(0)
        .raw(name.bytes())
        .toByteArray();
  }

  private static byte[] depth(int depth) {
    return new byte[] {(byte) (depth >> 8), (byte) depth};
  }

  private static byte[] encode(Entry entry) {
    return NodeCodec.encode(new Node.Leaf(List.of(entry)));
  }

  private static Entry decode(byte[] value) {
    return ((Node.Leaf) NodeCodec.decode(value)).entries().getFirst();
  }

  /** What a name of a hard-linked file is in the end. */
  interface LinkResolver {
    Entry resolve(Entry entry);
  }

  /**
   * Writes all directories, each after those below it, and gives the root.
   *
   * @throws RefusedException where something stands below what is no directory
   */
  Entry write(TreeWriter writer, LinkResolver links, FileName rootName) {
    for (int depth = deepest; depth >= 0; depth--) {
      DirectoryPass pass = new DirectoryPass(writer, links);
      state.database().scan(Table.NODES, depth(depth), pass::take);
      pass.end();
    }
    Entry top = root.orElseGet(() -> new Entry(rootName, LEADING, unwritten(), 0));
    if (top.body() instanceof Body.Directory body && body.root().equals(NO_NODE)) {
      top = new Entry(rootName, top.metadata(), empty(writer), 0);
    }
    return new Entry(rootName, top.metadata(), top.body(), 0);
  }

  /**
   * The uppermost paths that are known themselves, not only to lead to others: what was backed up.
   * Of a directory with very many such the directory itself. To be asked when all is written.
   */
  List<RawPath> tops() {
    List<RawPath> tops = new ArrayList<>();
    Deque<RawPath> waiting = new ArrayDeque<>(List.of(RawPath.ROOT));
    while (!waiting.isEmpty()) {
      RawPath path = waiting.remove();
      Optional<Entry> entry = find(path);
      List<RawPath> below = new ArrayList<>();
      if (entry.isPresent()
          && entry.get().body() instanceof Body.Directory directory
          && directory.partial()) {
        below = children(path);
      }
      if (below.isEmpty() || below.size() + tops.size() + waiting.size() > MOST_TOPS) {
        tops.add(path);
      } else {
        waiting.addAll(below);
      }
    }
    tops.sort(null);
    return tops;
  }

  /** The paths in a directory, or more than {@link #MOST_TOPS} of them. */
  private List<RawPath> children(RawPath path) {
    byte[] parent = path.bytes();
    byte[] prefix =
        new ByteWriter(parent.length + 3)
            .raw(depth(path.names().size()))
            .raw(parent)
            .u8(0)
            .toByteArray();
    List<RawPath> children = new ArrayList<>();
    state
        .database()
        .scan(
            Table.NODES,
            prefix,
            (_, value) -> {
              if (children.size() <= MOST_TOPS) {
                children.add(path.resolve(decode(value).name()));
              }
            });
    return children;
  }

  private static Body empty(TreeWriter writer) {
    DirectoryNodes empty = writer.write(List.of(), DirectoryNodes.NONE);
    return new Body.Directory(empty.root(), 0, 0, false);
  }

  /** Goes through the entries of all directories of one depth. */
  private final class DirectoryPass {
    private final TreeWriter writer;
    private final LinkResolver links;
    private byte @Nullable [] parent;
    private DirectoryWriter directory;
    private long files;
    private long size;

    DirectoryPass(TreeWriter writer, LinkResolver links) {
      this.writer = writer;
      this.links = links;
      this.directory = begin();
    }

    private DirectoryWriter begin() {
      files = 0;
      size = 0;
      return writer.begin(DirectoryNodes.NONE, NodeListener.FORGETTING);
    }

    void take(byte[] key, byte[] value) {
      int zero = 2;
      while (key[zero] != 0) {
        zero++;
      }
      byte[] path = Arrays.copyOfRange(key, 2, zero);
      if (!Arrays.equals(path, parent)) {
        end();
        parent = path;
      }
      Entry entry = finished(decode(value));
      directory.add(entry);
      files += entry.files();
      size += entry.size();
    }

    /** A directory that nothing was put into has no node yet. */
    private Entry finished(Entry entry) {
      if (entry.body() instanceof Body.Directory body && body.root().equals(NO_NODE)) {
        return new Entry(entry.name(), entry.metadata(), empty(writer), 0);
      }
      return links.resolve(entry);
    }

    void end() {
      if (parent == null) {
        return;
      }
      RawPath path = RawPath.of(parent);
      ChunkId root = directory.end().root();
      Optional<Entry> own = find(path);
      if (own.isPresent() && !(own.get().body() instanceof Body.Directory)) {
        throw new RefusedException(
            "The archive is refused: "
                + path
                + " is no directory in it, and yet has something below",
            "No snapshot was made. What unpacks it may write through a link; look at it first.");
      }
      List<FileName> names = path.names();
      FileName name = names.isEmpty() ? FileName.of("root") : names.getLast();
      put(
          path,
          new Entry(
              name,
              own.map(Entry::metadata).orElse(LEADING),
              new Body.Directory(root, files, size, own.isEmpty()),
              0));
      directory = begin();
      parent = null;
    }
  }

  @Override
  public void close() {
    state.close();
  }
}
