package org.mailkeep.engine.restore;

import org.mailkeep.model.RawPath;
import org.mailkeep.unix.FileType;

/**
 * What a restore would do about one path.
 *
 * @param path where, as a path of the snapshot
 * @param change what would become of it
 * @param type what it is in the snapshot; of what is removed, what it is in the target
 * @param size bytes of content of a regular file, else 0
 * @param uid the owner that it would have, after mapping; of what is removed, the one that it has
 * @param gid the group, likewise
 * @param reason what differs or stands in the way, as clauses; empty where there is nothing to say
 */
public record PlannedEntry(
    RawPath path, Change change, FileType type, long size, int uid, int gid, String reason) {}
