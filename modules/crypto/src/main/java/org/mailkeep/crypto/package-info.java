@NullMarked
package org.mailkeep.crypto;

import org.jspecify.annotations.NullMarked;
