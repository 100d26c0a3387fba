package org.mailkeep.storage;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.mailkeep.model.error.StorageException;

/**
 * A disk with sectors that cannot be read: a read that touches one fails as a whole, as read(2)
 * does with EIO, and fills nothing.
 */
public final class BadSectors extends ForwardingStorage {

  /** The length of a sector in bytes. */
  public static final int SECTOR = 4096;

  private final Map<ObjectName, Set<Long>> bad = new ConcurrentHashMap<>();

  /** Over this storage, without any bad sector yet. */
  public BadSectors(Storage inner) {
    super(inner);
  }

  /** From now on this sector of an object cannot be read. */
  public void lose(ObjectName name, long sector) {
    boolean _ = bad.computeIfAbsent(name, _ -> ConcurrentHashMap.newKeySet()).add(sector);
  }

  @Override
  public byte[] get(ObjectName name) {
    requireReadable(name, 0, size(name).orElse(0));
    return super.get(name);
  }

  @Override
  public void read(ObjectName name, long offset, ByteBuffer into) {
    requireReadable(name, offset, into.remaining());
    super.read(name, offset, into);
  }

  private void requireReadable(ObjectName name, long offset, long length) {
    for (long sector : bad.getOrDefault(name, Set.of())) {
      if (sector * SECTOR < offset + length && (sector + 1) * SECTOR > offset) {
        throw new StorageException("Input/output error in " + name, "");
      }
    }
  }
}
