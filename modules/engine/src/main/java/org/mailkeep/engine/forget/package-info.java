/**
 * Decides which snapshots stay, and forgets the others. Deciding is apart from doing, so that what
 * would be done can be shown: {@link org.mailkeep.engine.forget.Retention} gives each snapshot the
 * reasons for which it stays, and those without any go.
 *
 * <p>Three things are stronger than any rule: a pin, the last snapshot of a source, and a mass
 * change that nobody has accepted yet, for which the snapshots before it are kept.
 */
@NullMarked
package org.mailkeep.engine.forget;

import org.jspecify.annotations.NullMarked;
