/**
 * Writes snapshots back. A plan is made and checked first ({@link
 * org.mailkeep.engine.restore.RestorePlan}); then directories are made, files written with their
 * blocks opened once, and owners, modes, attributes and times set, those of directories last. Every
 * name is used relative to an open directory below the target, and no link is ever followed, so
 * nothing outside the target can be written whatever a snapshot or the target holds.
 */
@NullMarked
package org.mailkeep.engine.restore;

import org.jspecify.annotations.NullMarked;
