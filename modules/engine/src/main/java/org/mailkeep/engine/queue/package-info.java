/** Makes an empty qmail queue, says what is wrong with one, and puts it right. */
@NullMarked
package org.mailkeep.engine.queue;

import org.jspecify.annotations.NullMarked;
