/**
 * Brings a damaged repository back into order. Each repair writes what is new, makes it durable,
 * and only then retires what is old, so that it can be cut off at any step and run again; what was
 * damaged is set aside and not removed until that is asked for.
 *
 * <p>The order is {@link org.mailkeep.engine.repair.RepairIndex}, {@link
 * org.mailkeep.engine.repair.RepairPacks}, then a backup, which stores again what the sources still
 * have of the lost chunks, and at last {@link org.mailkeep.engine.repair.RepairSnapshots}. The
 * point of the first two is that nothing in the index is lost: from then on no backup relies on
 * what cannot be read.
 */
@NullMarked
package org.mailkeep.engine.repair;

import org.jspecify.annotations.NullMarked;
