package org.mailkeep.engine.backup;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
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
import org.mailkeep.repository.tree.NodeListener;
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

  /** What is written at once of a large directory, in bytes. */
  private static final long BATCH_BYTES = 1 << 20;

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
        read = DirectoryRecord.readNodes(in, id -> bytes(key, id));
        nodes = read;
      }
      return read;
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
      return value(key, leaf.node().id()).map(ScannedLeaf::decode);
    }
  }

  private Optional<byte[]> value(byte[] key, ChunkId id) {
    return Optional.ofNullable(state.get(Table.NODES, nodeKey(key, id)));
  }

  private Optional<byte[]> bytes(byte[] key, ChunkId id) {
    return value(key, id).map(ScannedLeaf::node);
  }

  /**
   * Begins to remember a directory.
   *
   * @param known what was remembered before
   * @param sums sums up its leaves
   */
  Update update(byte[] key, KnownDirectory known, EntrySums sums) {
    return new Update(key, known, sums);
  }

  /**
   * A directory that is being remembered, node by node. What was remembered before holds until it
   * is finished: nodes stand under their ids, and those that are gone go last. For one thread.
   */
  final class Update implements NodeListener, AutoCloseable {
    private final byte[] key;
    private final EntrySums sums;
    private final Set<ChunkId> gone = new HashSet<>();
    private final Deque<Scanned> added = new ArrayDeque<>();
    private final List<KnownLeaf> leaves = new ArrayList<>();
    private final List<StoredNode> branches = new ArrayList<>();
    private final Batch batch = state.batch();

    private Update(byte[] key, KnownDirectory known, EntrySums sums) {
      this.key = key;
      this.sums = sums;
      known.nodes().nodes().forEach(node -> gone.add(node.id()));
    }

    /** A leaf stayed as it was. */
    void kept(KnownLeaf leaf) {
      gone.remove(leaf.node().id());
      leaves.add(leaf);
    }

    /** The next entry, which is about to be written. */
    void adding(Scanned scanned) {
      added.add(scanned);
    }

    @Override
    public StoredNode written(StoredNode node) {
      byte[] bytes = node.bytes().orElseThrow();
      List<Scanned> entries = new ArrayList<>();
      if (node.level() == 0) {
        while (entries.size() < node.entries()) {
          entries.add(added.remove());
        }
      }
      put(node.id(), ScannedLeaf.encode(bytes, entries));
      StoredNode lean = lean(node);
      if (node.level() == 0) {
        long size = entries.stream().mapToLong(scanned -> scanned.entry().size()).sum();
        leaves.add(new KnownLeaf(lean, size, sums.of(entries)));
      } else {
        branches.add(lean);
      }
      return lean;
    }

    /** It has to be found again, but not to be held. */
    private StoredNode lean(StoredNode node) {
      return new StoredNode(
          node.level(), node.first(), node.id(), () -> bytes(key, node.id()), node.entries());
    }

    private void put(ChunkId id, byte[] value) {
      byte[] nodeKey = nodeKey(key, id);
      // The inodes and change times of its entries are no part of its id.
      if (!gone.remove(id) || !Arrays.equals(state.get(Table.NODES, nodeKey), value)) {
        batch.put(Table.NODES, nodeKey, value);
      }
      if (batch.size() > BATCH_BYTES) {
        batch.commit();
      }
    }

    /**
     * Remembers the directory with the nodes that were written or kept.
     *
     * @param summary what is noted of the directory itself
     */
    void finish(KnownDirectory.Summary summary) {
      gone.forEach(id -> batch.delete(Table.NODES, nodeKey(key, id)));
      byte[] record = DirectoryRecord.write(runs.current(), summary, leaves, branches);
      batch.put(Table.DIRECTORIES, key, record);
      batch.commit();
    }

    @Override
    public void close() {
      batch.close();
    }
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
