@NullMarked
package org.mailkeep.unix;

import org.jspecify.annotations.NullMarked;
