/** Reading and writing the bytes of the format: varints, byte strings, and nothing cleverer. */
@NullMarked
package org.mailkeep.model.encoding;

import org.jspecify.annotations.NullMarked;
