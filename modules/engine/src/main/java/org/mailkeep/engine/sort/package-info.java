/**
 * Sorts what may be too much for memory: beyond a bound it stands in sorted runs in an unnamed
 * file, which are merged when it is read (external merge sort).
 */
@NullMarked
package org.mailkeep.engine.sort;

import org.jspecify.annotations.NullMarked;
