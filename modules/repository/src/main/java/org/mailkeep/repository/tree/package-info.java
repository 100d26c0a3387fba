/** Directories written to and read from chunks. */
@NullMarked
package org.mailkeep.repository.tree;

import org.jspecify.annotations.NullMarked;
