/**
 * What differs between two trees: snapshots, parts of them, or a snapshot and the live files.
 *
 * <p>{@link org.mailkeep.engine.diff.TreeDiff} compares two stored trees node by node. Directories
 * are cut where names say so ({@link org.mailkeep.model.tree.NodeBoundary}), so what did not change
 * has nodes of the same id on both sides, and those are never read: the time is that of the
 * changes, the memory that of one node a level. What it finds it tells one by one, each directory
 * before what is in it; nothing is collected.
 */
@NullMarked
package org.mailkeep.engine.diff;

import org.jspecify.annotations.NullMarked;
