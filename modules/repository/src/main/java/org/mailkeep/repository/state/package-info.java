/**
 * The host state in RocksDB, imported here alone: chunk index, scan state, node cache and
 * message history. All of it
 * can be deleted at any time; the next command rebuilds what it needs from the repository.
 */
@NullMarked
package org.mailkeep.repository.state;

import org.jspecify.annotations.NullMarked;
