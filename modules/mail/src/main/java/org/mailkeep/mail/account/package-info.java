/**
 * The accounts of a mail server: which ones there are, and the two files in which their numbers and
 * homes stand as text, so that a restore under other numbers must rewrite them.
 *
 * <p>qmail's {@code users/assign} (qmail-users(5), qmail-newu(8)) has the numbers and homes of
 * virtual domains; vpopmail's {@code vpasswd} has the directory of each mailbox. Both are lines of
 * fields between colons. What is rewritten is a field; every other byte, also of lines that have
 * another shape, stays what it was. Lines come and go one at a time, so a file may have any length.
 *
 * <p>Of both there is a compiled copy, {@code users/cdb} and {@code vpasswd.cdb}, which is what the
 * server reads. A rewritten file counts only after its copy was made again; {@link
 * org.mailkeep.mail.account.AccountFile#rebuild} says how.
 */
@NullMarked
package org.mailkeep.mail.account;

import org.jspecify.annotations.NullMarked;
