package org.mailkeep.storage;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.error.StorageException;

/**
 * Named objects that are written once, read, listed and deleted. Safe for use by many threads, and
 * by many processes on the same objects.
 *
 * <p>Every operation may throw {@link StorageException}; trying again may help then. No other
 * exception than the ones named is worth repeating.
 */
public interface Storage extends AutoCloseable {

  /** The largest object that {@link #get} reads, in bytes. */
  int MOST_AT_ONCE = 64 << 20;

  /** How long a put may take before {@link #tidy} counts it as cut off. */
  Duration LEFTOVER_AGE = Duration.ofHours(24);

  /**
   * Stores a new object. It is durable when this returns, and visible only in full.
   *
   * <p>After a {@link StorageException} the object may be there all the same, for instance when the
   * answer of a server was lost: repeat under a new name, or take {@link RefusedException} as the
   * sign that the first attempt went through.
   *
   * @throws RefusedException when the name is taken; that object is durable and stays as it is
   */
  void put(ObjectName name, ObjectContent content);

  /**
   * All bytes of a small object.
   *
   * @throws NotFoundException when there is none
   * @throws DamagedException when it has more than {@link #MOST_AT_ONCE} bytes, for no object that
   *     is read at once becomes so large
   */
  byte[] get(ObjectName name);

  /**
   * Fills the buffer's remaining space with the object's bytes from {@code offset} on.
   *
   * @throws NotFoundException when there is no such object
   * @throws DamagedException when it ends before the buffer is full
   */
  void read(ObjectName name, long offset, ByteBuffer into);

  /** An object's length in bytes; empty when there is none. */
  OptionalLong size(ObjectName name);

  /**
   * Names every object in the folder and the folders below, in no particular order and without
   * holding them all in memory. An object that is put or deleted meanwhile may be named or not;
   * {@code each} may use this storage. A folder that is missing is empty.
   */
  void list(ObjectFolder folder, Consumer<? super StoredObject> each);

  /** Removes an object, for good when this returns; one that is missing already is fine. */
  void delete(ObjectName name);

  /**
   * Removes what puts that were cut off left behind, invisible but using space. Whatever a put in
   * progress may still need is spared: nothing younger than {@link #LEFTOVER_AGE} goes.
   */
  void tidy();

  /** Frees connections and the like; objects are durable without it. */
  @Override
  void close();
}
