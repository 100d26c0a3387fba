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
 * @param size the bytes of a regular file, all zero
 */
public record QueueItem(RawPath path, EntryType type, QueueUser owner, int mode, int size) {}
