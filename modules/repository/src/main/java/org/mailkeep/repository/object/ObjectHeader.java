package org.mailkeep.repository.object;

import org.mailkeep.model.ObjectId;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.TooNewException;

/**
 * The first 40 bytes of every sealed object: magic "MKEP", format version, kind, two bytes of zero,
 * and the object's id, which is also its name.
 */
public final class ObjectHeader {

  /** The length in bytes. */
  public static final int LENGTH = 40;

  /** The version of the format that this program writes, and the newest that it reads. */
  public static final int VERSION = 1;

  private static final int MAGIC = 0x4d4b4550;

  private ObjectHeader() {}

  /** Appends the header. */
  public static void write(ObjectKind kind, ObjectId id, ByteWriter out) {
    out.u32(MAGIC).u8(VERSION).u8(kind.code()).u8(0).u8(0);
    id.write(out);
  }

  /**
   * Checks a header.
   *
   * @param name the object's name, for messages
   * @throws DamagedException where it is not the header of this object
   * @throws TooNewException where it has a later version
   */
  public static void check(String name, ObjectKind kind, ObjectId id, byte[] object) {
    if (object.length < LENGTH) {
      throw new DamagedException(name, "it has only " + object.length + " bytes");
    }
    ByteReader in = new ByteReader(object, 0, LENGTH);
    if (in.u32() != MAGIC) {
      throw new DamagedException(name, "it does not begin as an object of a repository");
    }
    int version = in.u8();
    if (version > VERSION) {
      throw new TooNewException(name, "format version " + version + ", known is " + VERSION);
    }
    boolean same = version == VERSION && in.u8() == kind.code() && in.u8() == 0 && in.u8() == 0;
    if (!same || !ObjectId.read(in).equals(id)) {
      throw new DamagedException(name, "its header belongs to another object");
    }
  }
}
