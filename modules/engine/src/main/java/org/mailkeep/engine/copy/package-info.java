/**
 * Copies of snapshots in a second repository.
 *
 * <p><b>Two ways.</b> A copy that was made for a repository has its id and keys: it is the same
 * repository in another place. Packs and snapshots go there byte for byte, and so do key slots.
 * Another repository has keys of its own, under which chunks have other names: every chunk is read,
 * named and sealed anew, and nodes and recipes are written again with the new names. Chunks keep
 * their borders in both.
 *
 * <p><b>Always consistent.</b> The order is that of a backup: packs, each after the packs with the
 * bases of its deltas; the index segments that name them; then one snapshot, the oldest first. A
 * copy that is cut off at any moment has whole snapshots only, and the next one goes on with what
 * is there. Source and target need no lock: the snapshots are listed first, and what they need was
 * stored before them.
 *
 * <p><b>Nothing is passed on unseen.</b> Every byte of a pack is authenticated on its way, so that
 * damage does not spread. A snapshot that needs what is damaged is left out and named; the others
 * are copied.
 *
 * <p><b>Memory</b> holds as many packs as threads work. Which nodes are known to be in the copy
 * with all that is below them stands in the copy's own host state, apart from that of backups, so
 * that both can run at once.
 */
@NullMarked
package org.mailkeep.engine.copy;

import org.jspecify.annotations.NullMarked;
