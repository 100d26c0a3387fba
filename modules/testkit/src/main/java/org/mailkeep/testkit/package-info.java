/**
 * What the tests of all modules share. It knows no other module, so that every module, the lowest
 * too, can use it.
 *
 * <ul>
 *   <li>{@link org.mailkeep.testkit.property}: properties checked over many seeds, and damaged
 *       copies of encoded bytes.
 *   <li>{@link org.mailkeep.testkit.mail}: realistic mail, and a mail store that lives through
 *       deliveries, flag changes, moves and deletions.
 * </ul>
 *
 * <p>Everything here follows from a seed: the same seed gives the same bytes on every machine.
 */
@NullMarked
package org.mailkeep.testkit;

import org.jspecify.annotations.NullMarked;
