package org.mailkeep.engine.backup;

import org.mailkeep.engine.sort.SortSpace;

/**
 * What holds in all directories of one walk through the sources.
 *
 * @param space where listings too long for memory are sorted
 * @param fullScan whether nothing is taken over unseen
 * @param descent the way into directories that are found
 */
record Walk(
    Exclusions exclusions,
    FileVisit files,
    ScanLog log,
    SortSpace space,
    boolean fullScan,
    Descent descent) {}
