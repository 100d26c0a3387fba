/** Snapshots in the repository: written last, listed, found by what people type. */
@NullMarked
package org.mailkeep.repository.snapshot;

import org.jspecify.annotations.NullMarked;
