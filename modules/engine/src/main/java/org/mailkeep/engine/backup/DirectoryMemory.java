package org.mailkeep.engine.backup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailkeep.crypto.ChunkHasher;
import org.mailkeep.model.ByteString;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.RawText;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Node;
import org.mailkeep.model.tree.NodeCodec;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.Table;
import org.mailkeep.repository.tree.DirectoryNodes;
import org.mailkeep.repository.tree.StoredNode;
import org.mailkeep.unix.FileStat;

/**
 * Remembers directories in the host state. A directory's key is a keyed hash of its path and of the
 * options that decide what is in it. Its record holds times and counts and names its nodes; the
 * nodes stand apart, each leaf with the inode numbers and change times of its entries, so that a
 * small change in a large directory writes little here too. Safe for use by many threads, for one
 * directory at a time each.
 */
final class DirectoryMemory {

  private static final int KEY = 16;

  /** The first byte of a record. It was 0 or 1 in a layout that had no signatures. */
  private static final int UNSETTLED = 2;

  private static final int SETTLED = 3;
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
    return java.util.Arrays.copyOf(hasher.finish().bytes(), KEY);
  }

  KnownDirectory load(byte[] key) {
    byte[] record = state.get(Table.DIRECTORIES, key);
    if (record == null || (record[0] != SETTLED && record[0] != UNSETTLED)) {
      return new KnownDirectory(Optional.empty(), () -> KnownDirectory.Content.NONE);
    }
    ByteReader in = new ByteReader(record);
    boolean settled = in.u8() == SETTLED;
    boolean trusted = runs.isTrusted(in.varint());
    long scannedAt = in.varint();
    long inode = in.u64();
    long mtime = in.signedVarint();
    int mtimeNanos = (int) in.varint();
    long ctime = in.signedVarint();
    int ctimeNanos = (int) in.varint();
    ChunkId root = ChunkId.read(in);
    KnownDirectory.Summary summary =
        new KnownDirectory.Summary(
            trusted,
            settled,
            scannedAt,
            inode,
            mtime,
            mtimeNanos,
            ctime,
            ctimeNanos,
            root,
            in.varint(),
            in.varint(),
            new DirectorySignature(readSum(in), readSum(in)));
    List<ChunkId> nodes = new ArrayList<>();
    while (in.remaining() > 0) {
      nodes.add(ChunkId.read(in));
    }
    return new KnownDirectory(Optional.of(summary), () -> content(key, nodes));
  }

  private static ByteString readSum(ByteReader in) {
    return ByteString.of(in.raw(DirectorySignature.LENGTH));
  }

  private KnownDirectory.Content content(byte[] key, List<ChunkId> ids) {
    List<StoredNode> nodes = new ArrayList<>();
    Map<ChunkId, List<Scanned>> leaves = new HashMap<>();
    for (ChunkId id : ids) {
      byte[] value = state.get(Table.NODES, nodeKey(key, id));
      if (value == null) {
        // Part of the state is gone: better nothing than half a directory.
        return KnownDirectory.Content.NONE;
      }
      ByteReader in = new ByteReader(value);
      byte[] bytes = in.bytes(value.length);
      switch (NodeCodec.decode(bytes)) {
        case Node.Leaf leaf -> {
          leaves.put(id, readScanned(leaf, in));
          FileName first =
              leaf.entries().isEmpty()
                  ? FileName.of(new byte[0])
                  : leaf.entries().getFirst().name();
          nodes.add(new StoredNode(0, first, id, bytes, leaf.entries().size()));
        }
        case Node.Branch branch ->
            nodes.add(
                new StoredNode(
                    branch.level(),
                    branch.children().getFirst().first(),
                    id,
                    bytes,
                    branch.children().size()));
      }
    }
    return new KnownDirectory.Content(new DirectoryNodes(nodes), leaves);
  }

  private static List<Scanned> readScanned(Node.Leaf leaf, ByteReader in) {
    List<Scanned> entries = new ArrayList<>(leaf.entries().size());
    long inode = 0;
    long ctime = 0;
    for (Entry entry : leaf.entries()) {
      inode += in.signedVarint();
      ctime += in.signedVarint();
      entries.add(new Scanned(entry, inode, ctime, (int) in.varint()));
    }
    return entries;
  }

  /**
   * Remembers a directory.
   *
   * @param known what was remembered before
   * @param settled whether its times will tell whether something in it has changed
   * @param signature sums up its entries
   * @param scanned its entries in the order of the nodes
   */
  void save(
      byte[] key,
      KnownDirectory known,
      FileStat stat,
      long scannedAt,
      boolean settled,
      long files,
      long size,
      DirectorySignature signature,
      DirectoryNodes nodes,
      List<Scanned> scanned) {
    try (StateDatabase.Batch batch = state.batch()) {
      ByteWriter out = new ByteWriter(128);
      out.u8(settled ? SETTLED : UNSETTLED).varint(runs.current()).varint(scannedAt);
      out.u64(stat.inode());
      out.signedVarint(stat.mtimeSeconds()).varint(stat.mtimeNanos());
      out.signedVarint(stat.ctimeSeconds()).varint(stat.ctimeNanos());
      nodes.root().write(out);
      out.varint(files).varint(size);
      out.raw(signature.files().bytes()).raw(signature.directories().bytes());
      nodes.nodes().forEach(node -> node.id().write(out));
      batch.put(Table.DIRECTORIES, key, out.toByteArray());
      saveNodes(key, known, nodes, scanned, batch);
      batch.commit();
    }
  }

  private static void saveNodes(
      byte[] key,
      KnownDirectory known,
      DirectoryNodes nodes,
      List<Scanned> scanned,
      StateDatabase.Batch batch) {
    Set<ChunkId> gone = new HashSet<>();
    known.nodes().nodes().forEach(node -> gone.add(node.id()));
    int next = 0;
    for (StoredNode node : nodes.nodes()) {
      boolean isKnown = gone.remove(node.id());
      int end = node.level() == 0 ? next + node.entries() : next;
      List<Scanned> entries = scanned.subList(next, end);
      if (!isKnown || !known.leaf(node.id()).equals(entries)) {
        batch.put(Table.NODES, nodeKey(key, node.id()), nodeValue(node, entries));
      }
      next = end;
    }
    gone.forEach(id -> batch.delete(Table.NODES, nodeKey(key, id)));
  }

  private static byte[] nodeValue(StoredNode node, List<Scanned> entries) {
    ByteWriter out = new ByteWriter(node.bytes().length + entries.size() * 8 + 8);
    out.bytes(node.bytes());
    long inode = 0;
    long ctime = 0;
    for (Scanned entry : entries) {
      out.signedVarint(entry.inode() - inode).signedVarint(entry.ctimeSeconds() - ctime);
      out.varint(entry.ctimeNanos());
      inode = entry.inode();
      ctime = entry.ctimeSeconds();
    }
    return out.toByteArray();
  }

  private static byte[] nodeKey(byte[] key, ChunkId id) {
    ByteWriter out = new ByteWriter(KEY + ChunkId.LENGTH).raw(key);
    id.write(out);
    return out.toByteArray();
  }

  /** Forgets directories that no full scan has seen for a month. */
  void forgetOld(long now) {
    try (StateDatabase.Batch batch = state.batch()) {
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
