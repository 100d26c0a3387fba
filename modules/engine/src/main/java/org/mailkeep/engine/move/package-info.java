/**
 * Moves vpopmail domains of a snapshot to another, live server.
 *
 * <pre>
 *   OldServer      the snapshot: users/assign, control, where a domain's folder really is
 *   NewServer      the host: the same files, changed under vpopmail's own locks and replaced whole
 *   MovePlanner    both -> MovePlan: folders, lines, commands; refuses before anything is written
 *   DomainMove     does it, in the order below
 *   HeldFolder     a domain's folder, sticky while it is not to be delivered into
 * </pre>
 *
 * <b>Order.</b> qmail-local(8) defers mail for a home that is sticky, so a folder appears sticky,
 * empty and marked, in one rename. Then come its files, then the lines: users/assign, locals and
 * virtualdomains, and rcpthosts last, for who takes mail must know where to put it. Stickiness and
 * mark go when all is in place. Each step is one atomic replacement or leaves what is there alone,
 * so that a move which was cut off is completed by the same command: the mark says that what stands
 * in the folder came from this snapshot and from nowhere else.
 *
 * <p>Of the host's other domains no line and no file is touched.
 */
@NullMarked
package org.mailkeep.engine.move;

import org.jspecify.annotations.NullMarked;
