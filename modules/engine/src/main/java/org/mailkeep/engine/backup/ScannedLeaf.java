package org.mailkeep.engine.backup;

import java.util.ArrayList;
import java.util.List;
import org.mailkeep.engine.sort.RunCodec;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Node;
import org.mailkeep.model.tree.NodeCodec;

/**
 * The bytes of a node in the host state: those of the node, with their number before them, and of a
 * leaf the inode number and change time of each entry.
 */
final class ScannedLeaf {

  /** Of entries that are sorted: as those of a leaf. */
  static final RunCodec<Scanned> CODEC =
      new RunCodec<>() {
        @Override
        public byte[] encode(List<Scanned> scanned) {
          List<Entry> entries = scanned.stream().map(Scanned::entry).toList();
          return ScannedLeaf.encode(NodeCodec.encode(new Node.Leaf(entries)), scanned);
        }

        @Override
        public List<Scanned> decode(byte[] bytes) {
          return ScannedLeaf.decode(bytes);
        }
      };

  private ScannedLeaf() {}

  /** The bytes of a node with these entries, which are none for a branch. */
  static byte[] encode(byte[] node, List<Scanned> entries) {
    ByteWriter out = new ByteWriter(node.length + entries.size() * 8 + 8);
    out.bytes(node);
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

  /** The node alone. */
  static byte[] node(byte[] value) {
    return new ByteReader(value).bytes(value.length);
  }

  /** The entries. */
  static List<Scanned> decode(byte[] value) {
    ByteReader in = new ByteReader(value);
    List<Scanned> entries = new ArrayList<>();
    if (NodeCodec.decode(in.bytes(value.length)) instanceof Node.Leaf leaf) {
      long inode = 0;
      long ctime = 0;
      for (Entry entry : leaf.entries()) {
        inode += in.signedVarint();
        ctime += in.signedVarint();
        entries.add(new Scanned(entry, inode, ctime, (int) in.varint()));
      }
    }
    return entries;
  }
}
