/**
 * Makes snapshots. One thread walks the source ({@link org.mailkeep.engine.backup.TreeScan}),
 * worker threads read and cut files ({@link org.mailkeep.engine.backup.FileReading}), and whoever
 * ends a directory's last file writes its nodes ({@link org.mailkeep.engine.backup.OpenDirectory}).
 * Queues between them are short, and what a large directory holds is sorted on disk ({@link
 * org.mailkeep.engine.sort}), so memory depends neither on the store nor on its largest directory.
 *
 * <p>What is known of a directory from the last run ({@link
 * org.mailkeep.engine.backup.DirectoryMemory}) saves reading: a message keeps its content under any
 * flags as long as its unique name, inode, size and modification time are the same, and a {@code
 * cur} or {@code new} directory that has not changed is not even listed. Of a large {@code cur}
 * that has, each leaf of its nodes is compared by a sum of names and status ({@link
 * org.mailkeep.engine.backup.MessageComparison}); leaves that are as they were are neither decoded
 * nor written again.
 */
@NullMarked
package org.mailkeep.engine.backup;

import org.jspecify.annotations.NullMarked;
