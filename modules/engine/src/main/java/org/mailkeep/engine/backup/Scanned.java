package org.mailkeep.engine.backup;

import org.mailkeep.model.tree.Entry;

/**
 * An entry with what the file system says that a snapshot does not keep, but the next run wants to
 * know.
 *
 * @param entry the entry
 * @param inode the inode number
 * @param ctimeSeconds the last change of inode or content, seconds since 1970
 * @param ctimeNanos its nanoseconds
 */
record Scanned(Entry entry, long inode, long ctimeSeconds, int ctimeNanos) {}
