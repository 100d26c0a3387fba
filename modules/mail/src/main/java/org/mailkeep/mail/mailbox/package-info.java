/**
 * Whose a Maildir is, and what people call it: {@code user@domain} and names of folders.
 *
 * <p>vpopmail keeps domains below {@code domains} and users below their domain, both perhaps in
 * folders of one character, when there are many. Where exactly is decided when a domain or user is
 * made and follows from no name: for users {@code vpasswd} says it. Where nothing says it, the path
 * itself must tell. The same shape, a folder of a domain with folders of users, is what most
 * set-ups of Dovecot with virtual users have.
 */
@NullMarked
package org.mailkeep.mail.mailbox;

import org.jspecify.annotations.NullMarked;
