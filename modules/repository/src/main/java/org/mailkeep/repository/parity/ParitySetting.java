package org.mailkeep.repository.parity;

import java.util.OptionalInt;
import org.mailkeep.crypto.KeySet;
import org.mailkeep.crypto.Purpose;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.encoding.MalformedException;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.storage.ObjectContent;
import org.mailkeep.storage.ObjectName;
import org.mailkeep.storage.Storage;

/**
 * Whether writers make parity, and how much: the object {@code parity/setting}. Without it they
 * make none. Magic "MKPS", version 1, percent (one byte), then HMAC-SHA-256 over these six bytes
 * with the repository's key for {@link Purpose#PARITY}.
 */
public final class ParitySetting {

  /** The most parity, in percent of a pack. */
  public static final int MOST_PERCENT = 50;

  /** Where it stands. */
  public static final ObjectName NAME = PackParity.folder().object("setting");

  private static final int MAGIC = 0x4d4b5053;
  private static final int VERSION = 1;
  private static final int CODE = 32;

  private final Storage storage;
  private final KeySet keys;

  /** The setting in this storage. */
  public ParitySetting(Storage storage, KeySet keys) {
    this.storage = storage;
    this.keys = keys;
  }

  /**
   * Percent of parity that packs get; empty where they get none.
   *
   * @throws DamagedException where the setting was not written by a holder of the keys
   */
  public OptionalInt percent() {
    if (storage.size(NAME).isEmpty()) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(decode(storage.get(NAME)));
    } catch (NotFoundException e) {
      return OptionalInt.empty();
    } catch (MalformedException e) {
      throw new DamagedException(NAME.toString(), String.valueOf(e.getMessage()));
    }
  }

  /**
   * Percent of parity for a writer, who must not fail because of it: with a damaged setting packs
   * get none, and a check names it.
   */
  public OptionalInt percentForWriting() {
    try {
      return percent();
    } catch (DamagedException e) {
      return OptionalInt.empty();
    }
  }

  private int decode(byte[] object) {
    ByteReader in = new ByteReader(object);
    byte[] body = in.raw(6);
    byte[] code = in.raw(CODE);
    in.end();
    ByteReader fields = new ByteReader(body);
    int magic = fields.u32();
    int version = fields.u8();
    int percent = fields.u8();
    if (magic != MAGIC || version != VERSION || percent < 1 || percent > MOST_PERCENT) {
      throw new MalformedException("it says nothing that is known");
    }
    if (!keys.isMac(code, Purpose.PARITY, body)) {
      throw new MalformedException("it was not written by a holder of the keys");
    }
    return percent;
  }

  /**
   * Changes the setting for packs to come; those that are there stay as they are.
   *
   * @param percent 1 to {@link #MOST_PERCENT}, or empty for none
   */
  public void set(OptionalInt percent) {
    storage.delete(NAME);
    if (percent.isPresent()) {
      byte[] body = new ByteWriter().u32(MAGIC).u8(VERSION).u8(percent.getAsInt()).toByteArray();
      storage.put(NAME, ObjectContent.of(body, keys.mac(Purpose.PARITY, body)));
    }
  }
}
