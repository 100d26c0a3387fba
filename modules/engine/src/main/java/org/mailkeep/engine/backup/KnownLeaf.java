package org.mailkeep.engine.backup;

import org.mailkeep.repository.tree.StoredNode;

/**
 * A leaf of a directory as the last run saw it.
 *
 * @param node the leaf
 * @param size bytes of the files in it
 * @param sum of its entries, {@link EntrySums}
 */
record KnownLeaf(StoredNode node, long size, long sum) {}
