/**
 * Directories as trees of nodes: entries sorted by name, cut into leaves at content-defined places,
 * with branches above them, so that a change in a large folder rewrites a few small nodes (a
 * "prolly tree").
 *
 * <p>Where a leaf ends depends on nothing but the entries in it ({@link
 * org.mailkeep.model.tree.NodeBoundary}), so equal directories give equal nodes, and those equal
 * ids. A leaf is written in columns (all names, then all owners, …, all ids last), which compresses
 * better than rows: like stands beside like, and the incompressible ids are out of the way.
 */
@NullMarked
package org.mailkeep.model.tree;

import org.jspecify.annotations.NullMarked;
