package org.mailkeep.engine.copy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalLong;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.storage.ObjectContent;
import org.mailkeep.storage.ObjectName;
import org.mailkeep.storage.Storage;

/** Stores objects as they are in another place. Safe for use by many threads. */
final class StoredCopy {

  private final Storage target;
  private final boolean verify;

  /**
   * @param verify whether to read back everything that is stored
   */
  StoredCopy(Storage target, boolean verify) {
    this.target = target;
    this.verify = verify;
  }

  /**
   * Stores an object. One that is there under this name is compared, and replaced if it is not the
   * same: names are random and never used again, so it is a damaged copy of this one.
   */
  void put(ObjectName name, byte[] bytes) {
    boolean inDoubt = verify;
    try {
      target.put(name, ObjectContent.of(bytes));
    } catch (RefusedException e) {
      inDoubt = true;
    }
    if (inDoubt && !isStored(name, bytes)) {
      target.delete(name);
      target.put(name, ObjectContent.of(bytes));
      if (!isStored(name, bytes)) {
        throw new StorageException(
            "The copy does not keep what is written to it: " + name + " reads back differently",
            "Check its disk or server before you rely on it.");
      }
    }
  }

  private boolean isStored(ObjectName name, byte[] bytes) {
    OptionalLong size = target.size(name);
    if (size.isEmpty() || size.getAsLong() != bytes.length) {
      return false;
    }
    byte[] there = new byte[bytes.length];
    try {
      target.read(name, 0, ByteBuffer.wrap(there));
    } catch (UnreadableException | NotFoundException e) {
      return false;
    }
    return Arrays.equals(there, bytes);
  }
}
