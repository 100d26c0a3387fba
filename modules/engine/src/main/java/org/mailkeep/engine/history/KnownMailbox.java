package org.mailkeep.engine.history;

import org.mailkeep.model.ChunkId;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;

/**
 * A mailbox that the history has seen.
 *
 * @param number its number in the history
 * @param host the machine
 * @param path its Maildir
 * @param first the number of the snapshot that showed it first
 * @param last the number of the snapshot that showed its last change
 * @param root the root node of its Maildir there; {@link #NO_NODE} where only some of it is noted,
 *     {@link #GONE} where it was gone
 */
public record KnownMailbox(
    int number, String host, RawPath path, int first, int last, ChunkId root) {

  static final ChunkId NO_NODE = new ChunkId(0, 0, 0);

  /** Stands for the root of a mailbox that is gone. */
  static final ChunkId GONE = new ChunkId(-1, -1, -1);

  private static final int MAX_TEXT = 64 << 10;

  /** Whether all of its last form is noted, so that a difference to that form tells all. */
  boolean isWhole() {
    return !root.equals(NO_NODE) && !root.equals(GONE);
  }

  KnownMailbox seen(int snapshot, ChunkId node) {
    return new KnownMailbox(number, host, path, first, snapshot, node);
  }

  byte[] encode() {
    ByteWriter out = new ByteWriter(128).string(host).bytes(path.bytes());
    out.varint(first).varint(last);
    root.write(out);
    return out.toByteArray();
  }

  static KnownMailbox decode(int number, byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    return new KnownMailbox(
        number,
        in.string(MAX_TEXT),
        RawPath.of(in.bytes(MAX_TEXT)),
        in.count(Integer.MAX_VALUE),
        in.count(Integer.MAX_VALUE),
        ChunkId.read(in));
  }
}
