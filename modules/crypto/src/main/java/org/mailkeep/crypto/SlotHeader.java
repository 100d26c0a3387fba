package org.mailkeep.crypto;

import java.time.Instant;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.encoding.MalformedException;

/** The plain part of a key slot, laid down at {@link KeySlot}. */
record SlotHeader(
    KeySetKind holds,
    RepositoryId repository,
    SlotId id,
    Instant created,
    String label,
    SlotLock lock) {

  /** The longest label in bytes of UTF-8. */
  static final int MAX_LABEL = 255;

  /** 9999-12-31T23:59:59Z, in seconds since 1970. */
  private static final long MAX_CREATED = 253_402_300_799L;

  /** Writes what follows the magic and the version. */
  void write(ByteWriter out) {
    out.u8(lock.kind().code()).u8(holds.code());
    repository.write(out);
    id.write(out);
    out.u64(created.getEpochSecond()).string(label);
    lock.write(out);
  }

  /** Reads what {@link #write} wrote. */
  static SlotHeader read(ByteReader in) {
    int kind = in.u8();
    return new SlotHeader(
        KeySetKind.of(in.u8()),
        RepositoryId.read(in),
        SlotId.read(in),
        created(in.u64()),
        in.string(MAX_LABEL),
        SlotLock.read(kind, in));
  }

  private static Instant created(long seconds) {
    if (seconds < 0 || seconds > MAX_CREATED) {
      throw new MalformedException("it was created in no known year");
    }
    return Instant.ofEpochSecond(seconds);
  }
}
