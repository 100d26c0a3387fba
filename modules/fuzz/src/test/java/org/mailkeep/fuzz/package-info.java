/**
 * Coverage-guided fuzzing of all that reads bytes from outside: a class for each parser, in each a
 * property that holds for any bytes whatever. {@code ./mvnw -Pfuzz test} runs each for some
 * seconds; what was found once stands as a file beside the tests and is tried first.
 */
@NullMarked
package org.mailkeep.fuzz;

import org.jspecify.annotations.NullMarked;
