@NullMarked
package org.mailkeep.storage;

import org.jspecify.annotations.NullMarked;
