/** Checks that a repository has all that its snapshots need, and that it is what was written. */
@NullMarked
package org.mailkeep.engine.verify;

import org.jspecify.annotations.NullMarked;
