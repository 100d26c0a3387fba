package org.mailkeep.repository.pack;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.storage.Storage;

/** The bytes of a pack's file, wherever they come from. */
interface PackBytes {

  /**
   * The length of the file in bytes.
   *
   * @throws DamagedException where there is none
   */
  long size();

  /**
   * A part of the file.
   *
   * @throws DamagedException where the file is missing or ends before
   */
  byte[] read(long offset, int length);

  /** As the storage has them. */
  static PackBytes stored(Storage storage, ObjectId pack) {
    return new PackBytes() {
      @Override
      public long size() {
        return storage.size(PackReader.name(pack)).orElseThrow(this::missing);
      }

      @Override
      public byte[] read(long offset, int length) {
        byte[] bytes = new byte[length];
        try {
          storage.read(PackReader.name(pack), offset, ByteBuffer.wrap(bytes));
          return bytes;
        } catch (NotFoundException e) {
          throw missing();
        }
      }

      private DamagedException missing() {
        return new DamagedException(PackReader.name(pack).toString(), "it is missing");
      }
    };
  }

  /** As they are in memory. */
  static PackBytes of(ObjectId pack, byte[] file) {
    return new PackBytes() {
      @Override
      public long size() {
        return file.length;
      }

      @Override
      public byte[] read(long offset, int length) {
        if (offset < 0 || offset + length > file.length) {
          throw new DamagedException(
              PackReader.name(pack).toString(), "it ends at byte " + file.length);
        }
        return Arrays.copyOfRange(file, (int) offset, (int) offset + length);
      }
    };
  }
}
