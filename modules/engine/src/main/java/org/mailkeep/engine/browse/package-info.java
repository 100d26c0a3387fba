/** Snapshots looked into: paths found, trees walked. */
@NullMarked
package org.mailkeep.engine.browse;

import org.jspecify.annotations.NullMarked;
