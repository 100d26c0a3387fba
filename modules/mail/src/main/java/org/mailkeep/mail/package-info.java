/**
 * What Mailkeep knows of mail, as functions of bytes, names and listings; nothing here opens a
 * file.
 *
 * <ul>
 *   <li>{@code message}: cutting messages into runs that are worth storing once.
 *   <li>{@code header}: what headers tell people.
 *   <li>{@code maildir}: names of messages and folders.
 *   <li>{@code mailbox}: whose a Maildir is, and what people call it and its folders.
 *   <li>{@code listing}: what recognising needs to know of a directory.
 *   <li>{@code account}: the accounts of a mail server, and their numbers and homes in files.
 *   <li>{@code queue}: how a queue of qmail looks.
 *   <li>{@code qmail}: the files that say which domains there are.
 *   <li>{@code store}: which files are messages, which are read last, which are left out and why.
 * </ul>
 */
@NullMarked
package org.mailkeep.mail;

import org.jspecify.annotations.NullMarked;
