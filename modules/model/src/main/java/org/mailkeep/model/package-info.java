/**
 * The values of the repository format: names and paths, chunk ids, tree nodes, recipes, snapshot
 * manifests, each with its byte encoding as {@code repo-format.md} lays it down.
 *
 * <p>Nothing here reads a file, knows a key or depends on another module. All types are immutable.
 */
@NullMarked
package org.mailkeep.model;

import org.jspecify.annotations.NullMarked;
