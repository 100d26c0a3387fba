/**
 * Everything that can go wrong around a backup is made to go wrong here, with the real program in
 * real processes: it is killed, its power is cut, its disks fill up and fail, lines break, the
 * source changes at full speed.
 *
 * <p>What must hold is always the same, and {@link org.mailkeep.fire.Ledger} holds it: each
 * snapshot that was reported as made restores exactly, none that was not forgotten is gone, the
 * next run works, and the check finds nothing. {@link org.mailkeep.fire.Recording} and {@link
 * org.mailkeep.fire.DiskModel} cut the power: the first writes down each system call of a command,
 * RocksDB's too, the second says what a disk may hold after any of them.
 *
 * <p>{@link org.mailkeep.fire.Needle} is what is looked for where no secret may be.
 *
 * <p>Runs with {@code -Pfire}; {@code -Dfire.scale} makes it longer and {@code -Dfire.seed} other.
 */
@NullMarked
package org.mailkeep.fire;

import org.jspecify.annotations.NullMarked;
