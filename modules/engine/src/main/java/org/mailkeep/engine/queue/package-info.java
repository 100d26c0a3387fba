/** Makes an empty qmail queue, and says what is wrong with one. */
@NullMarked
package org.mailkeep.engine.queue;

import org.jspecify.annotations.NullMarked;
