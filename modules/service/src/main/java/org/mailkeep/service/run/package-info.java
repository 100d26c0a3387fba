/**
 * A run: what is due, in order, one step after the other, with hooks around each, and what became
 * of it.
 *
 * <p>The state of a configuration is one small file beside the host's indexes, written anew after
 * every step under a temporary name: a run that is killed has lost nothing but the step that it was
 * at. A state that cannot be read counts as none, so that everything is due: too many backups are
 * better than none.
 */
@NullMarked
package org.mailkeep.service.run;

import org.jspecify.annotations.NullMarked;
