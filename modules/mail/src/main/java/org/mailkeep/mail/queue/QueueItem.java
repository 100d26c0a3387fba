package org.mailkeep.mail.queue;

import org.mailkeep.mail.listing.EntryType;
import org.mailkeep.model.RawPath;

/**
 * Something that every queue has.
 *
 * @param path below the queue
 * @param type directory, regular file or FIFO
 * @param owner its user; the group is {@link QueueUser#GROUP}
 * @param mode its permissions
 * @param size the bytes of a regular file, all zero; 0 where qmail does not look at its content
 */
public record QueueItem(RawPath path, EntryType type, QueueUser owner, int mode, int size) {

  /**
   * Whether a file of so many bytes will do. The lock of qmail-send will do with any: to replace it
   * would let go of the lock.
   */
  public boolean takesSize(long bytes) {
    return size == 0 || bytes == size;
  }
}
