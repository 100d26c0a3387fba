package org.mailkeep.repository.index;

import org.mailkeep.model.ObjectId;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.repository.pack.BlockTableCodec;
import org.mailkeep.repository.pack.PackTable;

/**
 * A pack's table as index segments hold it, in bytes: with small chunks an eighth of what it takes
 * as objects.
 *
 * @param pack the pack
 * @param bytes the length of its file (varint) and its blocks ({@link BlockTableCodec})
 */
@SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
record EncodedTable(ObjectId pack, byte[] bytes) {

  static EncodedTable of(PackTable table) {
    ByteWriter out = new ByteWriter(1 << 14).varint(table.size());
    BlockTableCodec.write(table.blocks(), out);
    return new EncodedTable(table.pack(), out.toByteArray());
  }

  PackTable decode() {
    return read(pack, new ByteReader(bytes));
  }

  /** The table of this pack that comes next. */
  static PackTable read(ObjectId pack, ByteReader in) {
    long size = in.varint();
    return new PackTable(pack, size, BlockTableCodec.read(in));
  }
}
