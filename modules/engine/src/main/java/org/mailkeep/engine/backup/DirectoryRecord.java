package org.mailkeep.engine.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.mailkeep.model.ByteString;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.FileName;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.repository.tree.StoredNode;

/**
 * The bytes of a directory in the host state: times and counts, then its nodes in the order of
 * {@link org.mailkeep.repository.tree.DirectoryNodes}, each with its level, number of entries, id
 * and first name, and leaves with the size of their files and the sum of their entries.
 */
final class DirectoryRecord {

  /**
   * The first byte of a record. It was 0 or 1 in a layout that had no signatures, 2 or 3 in one
   * that had only the ids of nodes.
   */
  private static final int UNSETTLED = 4;

  private static final int SETTLED = 5;

  private DirectoryRecord() {}

  /**
   * What a record says of the directory itself, and where it says what of its nodes.
   *
   * @param run that saw it
   */
  record Head(long run, KnownDirectory.Summary summary, ByteReader nodes) {}

  /**
   * Reads a record, but for the nodes.
   *
   * @param isTrusted whether a run ended well
   * @return empty where the record is of another layout
   */
  static Optional<Head> read(byte[] record, Function<Long, Boolean> isTrusted) {
    if (record.length == 0 || (record[0] != SETTLED && record[0] != UNSETTLED)) {
      return Optional.empty();
    }
    ByteReader in = new ByteReader(record);
    boolean settled = in.u8() == SETTLED;
    long run = in.varint();
    KnownDirectory.Summary summary =
        new KnownDirectory.Summary(
            isTrusted.apply(run),
            settled,
            in.varint(),
            in.u64(),
            in.signedVarint(),
            (int) in.varint(),
            in.signedVarint(),
            (int) in.varint(),
            ChunkId.read(in),
            in.varint(),
            in.varint(),
            new DirectorySignature(readSum(in), readSum(in)));
    return Optional.of(new Head(run, summary, in));
  }

  private static ByteString readSum(ByteReader in) {
    return ByteString.of(in.raw(DirectorySignature.LENGTH));
  }

  /**
   * Writes a record.
   *
   * @param summary what it says; whether it is trusted is not in it
   */
  static byte[] write(
      long run, KnownDirectory.Summary summary, List<KnownLeaf> leaves, List<StoredNode> branches) {
    ByteWriter out = new ByteWriter(192 + 96 * (leaves.size() + branches.size()));
    out.u8(summary.settled() ? SETTLED : UNSETTLED).varint(run).varint(summary.scannedAt());
    out.u64(summary.inode());
    out.signedVarint(summary.mtimeSeconds()).varint(summary.mtimeNanos());
    out.signedVarint(summary.ctimeSeconds()).varint(summary.ctimeNanos());
    summary.root().write(out);
    out.varint(summary.files()).varint(summary.size());
    out.raw(summary.signature().files().bytes()).raw(summary.signature().directories().bytes());
    for (KnownLeaf leaf : leaves) {
      writeNode(leaf.node(), out);
      out.varint(leaf.size()).u64(leaf.sum());
    }
    branches.forEach(branch -> writeNode(branch, out));
    return out.toByteArray();
  }

  private static void writeNode(StoredNode node, ByteWriter out) {
    out.u8(node.level()).varint(node.entries());
    node.id().write(out);
    out.bytes(node.first().bytes());
  }

  /** The leaves of a directory, and the nodes above them. */
  record Nodes(List<KnownLeaf> leaves, List<StoredNode> branches) {}

  /**
   * Reads the nodes.
   *
   * @param bytes finds the bytes of a node
   */
  static Nodes readNodes(ByteReader in, Function<ChunkId, Optional<byte[]>> bytes) {
    List<KnownLeaf> leaves = new ArrayList<>();
    List<StoredNode> branches = new ArrayList<>();
    while (in.remaining() > 0) {
      int level = in.u8();
      int entries = in.count(Integer.MAX_VALUE);
      ChunkId id = ChunkId.read(in);
      FileName first = FileName.of(in.bytes(FileName.MAX_LENGTH));
      StoredNode node = new StoredNode(level, first, id, () -> bytes.apply(id), entries);
      if (level == 0) {
        leaves.add(new KnownLeaf(node, in.varint(), in.u64()));
      } else {
        branches.add(node);
      }
    }
    return new Nodes(List.copyOf(leaves), List.copyOf(branches));
  }
}
