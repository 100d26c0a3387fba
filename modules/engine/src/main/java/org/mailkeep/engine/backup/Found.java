package org.mailkeep.engine.backup;

import org.mailkeep.model.FileName;
import org.mailkeep.unix.FileStat;

/** A name in a directory, with the status that it had. */
record Found(FileName name, FileStat stat) {}
