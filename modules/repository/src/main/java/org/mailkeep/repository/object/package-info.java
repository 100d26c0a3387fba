/** What all sealed objects share: their header, their names, their sealing. */
@NullMarked
package org.mailkeep.repository.object;

import org.jspecify.annotations.NullMarked;
