/**
 * What an administrator must do when files of a mail server are back: servers read compiled copies
 * of some, keep others in memory, and want them in an order. Sources: qmail-newu(8),
 * qmail-newmrh(8), qmail-send(8), tcprules(1), svscan(8), vpopmail's vmkpasswd and its
 * maildirquota.c.
 */
@NullMarked
package org.mailkeep.mail.followup;

import org.jspecify.annotations.NullMarked;
