package org.mailkeep.unix;

import org.jspecify.annotations.Nullable;
import org.mailkeep.model.FileName;

/**
 * One entry as getdents64(2) lists it.
 *
 * @param name its name
 * @param inode its number in the file system; of a mount point, the number below the mount
 * @param type what it is, or null where the file system does not tell
 */
public record DirectoryEntry(FileName name, long inode, @Nullable FileType type) {}
