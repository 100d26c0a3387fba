/**
 * Mail as real servers have it, made from a seed.
 *
 * <p>What matters to a backup is there: trace lines that differ between copies of one message,
 * headers that repeat each other, text, base64 attachments that are sent again, file names with
 * sizes and flags, and a tree of domains, users and folders that changes only by delivery, rename
 * and deletion. What does not matter, such as sensible sentences, is not.
 */
@NullMarked
package org.mailkeep.testkit.mail;

import org.jspecify.annotations.NullMarked;
