/** Which chunk is where: index segments in the repository, merged into the host state. */
@NullMarked
package org.mailkeep.repository.index;

import org.jspecify.annotations.NullMarked;
