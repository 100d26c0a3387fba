/**
 * Blocks: the unit of compression and encryption. Small chunks of one kind are gathered in scan
 * order and compressed together, for a message alone hardly compresses; zstd is imported here
 * alone.
 */
@NullMarked
package org.mailkeep.repository.block;

import org.jspecify.annotations.NullMarked;
