/**
 * What is what in a mail store: which files are messages, which must be read last, and which a
 * backup leaves out, with the reason that the user is told.
 *
 * <p>Two questions, two answers. {@link org.mailkeep.mail.store.Structure} looks at a whole
 * directory and recognises by what is in it, not by its path: a queue that was moved is still a
 * queue. {@link org.mailkeep.mail.store.FileRules} looks at one name in a {@link
 * org.mailkeep.mail.store.Place}; its rules are a table, the first that fits counts.
 *
 * <p>When in doubt, a file is kept: leaving out needs the right name in the right place. A message
 * left out is lost; a cache kept costs a few bytes.
 */
@NullMarked
package org.mailkeep.mail.store;

import org.jspecify.annotations.NullMarked;
