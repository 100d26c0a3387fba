/**
 * The names of a Maildir: of messages, and of Maildir++ folders.
 *
 * <p>Sources: the Maildir page of its author (https://cr.yp.to/proto/maildir.html), maildir(5) of
 * qmail and of Courier, Dovecot's description of the format. Message names are handled as bytes,
 * for a scan sees millions of them; folder names become text only for people.
 */
@NullMarked
package org.mailkeep.mail.maildir;

import org.jspecify.annotations.NullMarked;
