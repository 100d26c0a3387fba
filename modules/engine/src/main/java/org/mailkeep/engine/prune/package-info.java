/**
 * Removes what no snapshot needs any more, beside running backups and without a lock.
 *
 * <p>A prune marks what all snapshots need ({@link org.mailkeep.engine.prune.Marking}), counts how
 * much of each pack that is ({@link org.mailkeep.engine.prune.Census}), decides which packs go
 * ({@link org.mailkeep.engine.prune.Plan}), writes what is still needed of them into new packs
 * ({@link org.mailkeep.engine.prune.Rewriting}) and condemns them. Only a later run, when the grace
 * time has passed and nothing turned out to need them, removes them ({@link
 * org.mailkeep.engine.prune.Removal}). Why that is safe is argued in repo-format.md, section 2.6.
 *
 * <p>Marks, the index and what is known of nodes are kept in a temporary RocksDB ({@link
 * org.mailkeep.engine.prune.Marks}); memory holds some numbers a pack and one branch of a tree.
 * Nothing is kept between runs: what a run that was cut off has stored is found by the next one as
 * packs without segment, and preferred.
 */
@NullMarked
package org.mailkeep.engine.prune;

import org.jspecify.annotations.NullMarked;
