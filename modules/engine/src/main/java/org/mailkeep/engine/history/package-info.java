/** The history of messages. */
@NullMarked
package org.mailkeep.engine.history;

import org.jspecify.annotations.NullMarked;
