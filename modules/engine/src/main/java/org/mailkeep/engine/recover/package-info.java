/**
 * Messages given back to mailboxes that are in use.
 *
 * <p>{@link org.mailkeep.engine.recover.Recover} adds what is missing and touches nothing else: a
 * live mailbox belongs to its user and to the programs that serve it, and each of them sees nothing
 * but new mail. A message gets a new name, for one that had it before and was expunged may be
 * remembered by its server ("unexpunged", says Dovecot, and logs a warning).
 *
 * <p>What is there is decided by base name and by content, in all folders at once. What must be
 * known of all messages for that is in a {@link org.mailkeep.engine.recover.MessageTable} on disk.
 * Running it again, or after it was cut off, therefore adds what is still missing and nothing else.
 *
 * <p>{@link org.mailkeep.engine.recover.Rollback} makes the whole what it was. UIDs are what it
 * must not get wrong: a client keeps what it has seen under a UIDVALIDITY and a UID, and asks only
 * for larger UIDs. So where old mail comes back the UIDVALIDITY becomes a new one, in the very end,
 * and until then a server gives new UIDs to what it finds; where none does, the server's files
 * stay.
 */
@NullMarked
package org.mailkeep.engine.recover;

import org.jspecify.annotations.NullMarked;
