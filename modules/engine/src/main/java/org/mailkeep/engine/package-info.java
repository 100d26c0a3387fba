@NullMarked
package org.mailkeep.engine;

import org.jspecify.annotations.NullMarked;
