package org.mailkeep.engine.history;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailkeep.model.FileName;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.encoding.MalformedException;

/**
 * Lives in the host state. The key is the mailbox's number, the base name, a zero byte, and the
 * message's number; so all lives of one mailbox stand together, and all of one name in it.
 */
final class LifeCodec {

  private static final int GONE = 0;
  private static final int FRESH = 1;
  private static final int SEEN = 2;

  private LifeCodec() {}

  /** The beginning of the keys of a mailbox. */
  static byte[] prefix(int mailbox) {
    return new ByteWriter(4).u32(mailbox).toByteArray();
  }

  /** The beginning of the keys of one base name in a mailbox. */
  static byte[] prefix(int mailbox, FileName base) {
    return new ByteWriter(80).u32(mailbox).raw(base.bytes()).u8(0).toByteArray();
  }

  static byte[] key(int mailbox, FileName base, int message) {
    return new ByteWriter(80).u32(mailbox).raw(base.bytes()).u8(0).u32(message).toByteArray();
  }

  static byte[] value(Life life) {
    ByteWriter out = new ByteWriter(48).u64(life.content()).varint(life.states().size());
    int before = 0;
    for (LifeState state : life.states()) {
      out.varint(state.snapshot() - before);
      before = state.snapshot();
      state.place().ifPresentOrElse(place -> write(out, place), () -> out.u8(GONE));
    }
    return out.toByteArray();
  }

  private static void write(ByteWriter out, MessagePlace place) {
    out.u8(place.fresh() ? FRESH : SEEN).bytes(place.folder().bytes()).string(place.flags());
  }

  static Life decode(byte[] key, byte[] value) {
    int end = key.length - 5;
    if (end < 4 || key[end] != 0) {
      throw new MalformedException("it is no key of a message");
    }
    ByteReader in = new ByteReader(value);
    long content = in.u64();
    List<LifeState> states = new ArrayList<>();
    int snapshot = 0;
    for (int left = in.countOf(2); left > 0; left--) {
      snapshot += in.count(Integer.MAX_VALUE - snapshot);
      states.add(new LifeState(snapshot, place(in)));
    }
    in.end();
    if (states.isEmpty()) {
      throw new MalformedException("a message was never there");
    }
    return new Life(
        new ByteReader(key, 0, 4).u32(),
        FileName.of(key, 4, end),
        new ByteReader(key, end + 1, 4).u32(),
        content,
        states);
  }

  private static Optional<MessagePlace> place(ByteReader in) {
    int kind = in.u8();
    if (kind == GONE) {
      return Optional.empty();
    }
    if (kind > SEEN) {
      throw new MalformedException("a message is in no place");
    }
    FileName folder = FileName.of(in.bytes(FileName.MAX_LENGTH));
    String flags = new String(in.bytes(FileName.MAX_LENGTH), StandardCharsets.UTF_8);
    return Optional.of(new MessagePlace(folder, kind == FRESH, flags));
  }
}
