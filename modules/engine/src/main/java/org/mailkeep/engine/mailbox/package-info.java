/**
 * Mailboxes found.
 *
 * <p>A mailbox is found the same way in a snapshot and on this host ({@link
 * org.mailkeep.engine.mailbox.MailStore}): by what vpopmail says, {@code users/assign} and {@code
 * vpasswd}, else by the shape of folders, else by its path ({@link
 * org.mailkeep.engine.mailbox.Mailboxes}). Its folders have the names that people know ({@link
 * org.mailkeep.engine.mailbox.MailFolder}).
 */
@NullMarked
package org.mailkeep.engine.mailbox;

import org.jspecify.annotations.NullMarked;
