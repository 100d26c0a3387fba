package org.mailkeep.model.tree;

import java.util.ArrayList;
import java.util.List;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.FileName;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.encoding.MalformedException;

/**
 * The bytes of a node. The first byte is 0 for a leaf, else a branch's level. A branch: number of
 * children, their first names ({@link NameColumn}), their ids. A leaf: see {@link LeafCodec}.
 */
public final class NodeCodec {

  private static final int LEAF = 0;

  private NodeCodec() {}

  /** The bytes of this node; equal nodes have equal bytes. */
  public static byte[] encode(Node node) {
    ByteWriter out = new ByteWriter(4096);
    switch (node) {
      case Node.Leaf leaf -> {
        out.u8(LEAF);
        LeafCodec.write(leaf.entries(), out);
      }
      case Node.Branch branch -> {
        out.u8(branch.level()).varint(branch.children().size());
        NameColumn.write(branch.children().stream().map(Node.Child::first).toList(), out);
        branch.children().forEach(child -> child.id().write(out));
      }
    }
    return out.toByteArray();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws MalformedException where it is no node, or one that no directory can have
   */
  public static Node decode(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    int level = in.u8();
    Node node = level == LEAF ? new Node.Leaf(LeafCodec.read(in)) : readBranch(level, in);
    in.end();
    return node;
  }

  /**
   * Whether a search for names has to {@link #decode} the node: it is a branch, or a leaf with a
   * directory or a name that passes the test. Most leaves are neither, and this takes a small part
   * of the time.
   *
   * @throws MalformedException where the part that was looked at is not that of a node
   */
  public static boolean isWorthDecoding(byte[] bytes, NameTest test) {
    ByteReader in = new ByteReader(bytes);
    return in.u8() != LEAF || LeafCodec.hasDirectoryOrName(in, test);
  }

  private static Node readBranch(int level, ByteReader in) {
    if (level > Node.Branch.MAX_LEVEL) {
      throw new MalformedException("a node of unknown kind " + level);
    }
    int count = in.countOf(ChunkId.LENGTH);
    if (count == 0) {
      throw new MalformedException("a branch without children");
    }
    List<FileName> names = NameColumn.read(in, count);
    List<Node.Child> children = new ArrayList<>(count);
    for (FileName name : names) {
      children.add(new Node.Child(name, ChunkId.read(in)));
    }
    return new Node.Branch(level, children);
  }
}
