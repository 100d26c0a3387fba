package org.mailkeep.engine.backup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mailkeep.crypto.ChunkHasher;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.RawText;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.repository.state.Batch;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.Table;
import org.mailkeep.repository.tree.DirectoryNodes;
import org.mailkeep.repository.tree.StoredNode;

/**
 * Remembers directories in the host state. A directory's key is a keyed hash of its path and of the
 * options that decide what is in it. Its {@link DirectoryRecord record} holds times and counts and
 * names its nodes; the nodes stand apart, each leaf with the inode numbers and change times of its
 * entries ({@link ScannedLeaf}), so that a small change in a large directory reads and writes
 * little here too. Safe for use by many threads, for one directory at a time each.
 */
final class DirectoryMemory {

  private static final int KEY = 16;
  private static final long KEEP_MILLIS = 30L * 24 * 3600 * 1000;

  private final StateDatabase state;
  private final RunLedger runs;
  private final byte[] fingerprint;

  DirectoryMemory(StateDatabase state, RunLedger runs, String fingerprint) {
    this.state = state;
    this.runs = runs;
    this.fingerprint = RawText.encode(fingerprint);
  }

  byte[] key(ChunkHasher hasher, RawPath path) {
    hasher.update(fingerprint, 0, fingerprint.length);
    byte[] bytes = path.bytes();
    hasher.update(new byte[1], 0, 1);
    hasher.update(bytes, 0, bytes.length);
    return Arrays.copyOf(hasher.finish().bytes(), KEY);
  }

  KnownDirectory load(byte[] key) {
    return Optional.ofNullable(state.get(Table.DIRECTORIES, key))
        .flatMap(record -> DirectoryRecord.read(record, runs::isTrusted))
        .map(head -> new KnownDirectory(Optional.of(head.summary()), new Held(key, head.nodes())))
        .orElseGet(KnownDirectory::unknown);
  }

  /** The nodes of one directory. For one thread. */
  private final class Held implements KnownDirectory.Memory {
    private final byte[] key;
    private final ByteReader in;
    private DirectoryRecord.@Nullable Nodes nodes;
    private @Nullable DirectoryNodes all;

    Held(byte[] key, ByteReader in) {
      this.key = key;
      this.in = in;
    }

    private DirectoryRecord.Nodes read() {
      DirectoryRecord.Nodes read = nodes;
      if (read == null) {
        read = DirectoryRecord.readNodes(in, id -> value(id).map(ScannedLeaf::node));
        nodes = read;
      }
      return read;
    }

    private Optional<byte[]> value(ChunkId id) {
      return Optional.ofNullable(state.get(Table.NODES, nodeKey(key, id)));
    }

    @Override
    public List<KnownLeaf> leaves() {
      return read().leaves();
    }

    @Override
    public DirectoryNodes nodes() {
      DirectoryNodes made = all;
      if (made == null) {
        DirectoryRecord.Nodes read = read();
        Stream<StoredNode> leaves = read.leaves().stream().map(KnownLeaf::node);
        made = new DirectoryNodes(Stream.concat(leaves, read.branches().stream()).toList());
        all = made;
      }
      return made;
    }

    @Override
    public Optional<List<Scanned>> entries(KnownLeaf leaf) {
      return value(leaf.node().id()).map(ScannedLeaf::decode);
    }
  }

  /**
   * Remembers a directory.
   *
   * @param known what was remembered before
   * @param summary what is noted of the directory itself
   * @param nodes that its content became
   * @param sums sums up its leaves
   */
  void save(
      byte[] key,
      KnownDirectory known,
      KnownDirectory.Summary summary,
      DirectoryNodes nodes,
      DirectoryContent content,
      EntrySums sums) {
    try (Batch batch = state.batch()) {
      Set<ChunkId> gone = new HashSet<>();
      known.nodes().nodes().forEach(node -> gone.add(node.id()));
      List<KnownLeaf> leaves = new ArrayList<>();
      List<StoredNode> branches = new ArrayList<>();
      LeafContents contents = new LeafContents(content);
      for (StoredNode node : nodes.nodes()) {
        boolean isKnown = gone.remove(node.id());
        Optional<KnownLeaf> same = node.level() == 0 ? contents.same(node) : Optional.empty();
        if (same.isPresent()) {
          leaves.add(same.get());
          continue;
        }
        List<Scanned> entries = List.of();
        if (node.level() == 0) {
          entries = contents.next(node.entries());
          leaves.add(leaf(node, entries, sums));
        } else {
          branches.add(node);
        }
        byte[] bytes = node.bytes().orElseThrow(); // only those of old nodes may be lost
        byte[] value = ScannedLeaf.encode(bytes, entries);
        // The inodes and change times of its entries are no part of its id.
        if (!isKnown || !Arrays.equals(state.get(Table.NODES, nodeKey(key, node.id())), value)) {
          batch.put(Table.NODES, nodeKey(key, node.id()), value);
        }
      }
      gone.forEach(id -> batch.delete(Table.NODES, nodeKey(key, id)));
      byte[] record = DirectoryRecord.write(runs.current(), summary, leaves, branches);
      batch.put(Table.DIRECTORIES, key, record);
      batch.commit();
    }
  }

  private static KnownLeaf leaf(StoredNode node, List<Scanned> entries, EntrySums sums) {
    long size = entries.stream().mapToLong(scanned -> scanned.entry().size()).sum();
    return new KnownLeaf(node, size, sums.of(entries));
  }

  private static byte[] nodeKey(byte[] key, ChunkId id) {
    ByteWriter out = new ByteWriter(KEY + ChunkId.LENGTH).raw(key);
    id.write(out);
    return out.toByteArray();
  }

  /** Forgets directories that no full scan has seen for a month. */
  void forgetOld(long now) {
    try (Batch batch = state.batch()) {
      state.scan(
          Table.DIRECTORIES,
          new byte[0],
          (key, value) -> {
            ByteReader in = new ByteReader(value);
            in.u8();
            in.varint();
            if (in.varint() < now - KEEP_MILLIS) {
              batch.delete(Table.DIRECTORIES, key);
              state.scan(Table.NODES, key, (node, _) -> batch.delete(Table.NODES, node));
            }
          });
      batch.commit();
    }
  }
}
