/** What qmail's queue consists of: qmail's INTERNALS and hier.c, as data. */
@NullMarked
package org.mailkeep.mail.queue;

import org.jspecify.annotations.NullMarked;
