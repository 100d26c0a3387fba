/**
 * What can go wrong, in a few kinds that differ in what the user should do next.
 *
 * <p>Every {@link org.mailkeep.model.error.MailkeepException} says what failed and on what in its
 * message, and what to do in its advice. Programming errors stay ordinary Java exceptions.
 */
@NullMarked
package org.mailkeep.model.error;

import org.jspecify.annotations.NullMarked;
