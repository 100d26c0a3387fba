/** Tests against the running kernel and file system; what needs root is skipped without. */
@NullMarked
package org.mailkeep.unix;

import org.jspecify.annotations.NullMarked;
