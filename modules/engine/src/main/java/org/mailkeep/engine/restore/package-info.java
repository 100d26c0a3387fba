/**
 * Writes snapshots back.
 *
 * <p>{@link org.mailkeep.engine.restore.Preflight} looks for what stands in the way before a byte
 * is written. {@link org.mailkeep.engine.restore.RestoreWalk} goes through what is wanted ({@link
 * org.mailkeep.engine.restore.WantedTree}) and fills a {@link
 * org.mailkeep.engine.restore.RestoreWindow}, which lets {@link
 * org.mailkeep.engine.restore.Decisions} say what becomes of each name, has files written with
 * their blocks opened once, and sets owners, modes, attributes and times, those of directories
 * last. A dry run asks the same decisions ({@link org.mailkeep.engine.restore.Planner}). {@link
 * org.mailkeep.engine.restore.SurplusRemoval} comes when all is there, {@link
 * org.mailkeep.engine.restore.Verification} when all is on disk.
 *
 * <p>Every name is used relative to an open directory below the target, and no link is ever
 * followed, so nothing outside the target can be written or removed whatever a snapshot or the
 * target holds. A file that has other names is never changed in place, for those may be anywhere.
 * Memory holds one window, whatever the size of the tree.
 */
@NullMarked
package org.mailkeep.engine.restore;

import org.jspecify.annotations.NullMarked;
