/**
 * The text files in which qmail and vpopmail keep which domains there are: {@code users/assign}
 * ({@link org.mailkeep.mail.qmail.AssignFile}) and the lists in {@code control}, {@link
 * org.mailkeep.mail.qmail.ControlFile}. Files are values; adding to one leaves every byte of what
 * other programs and people wrote as it is. Lines are lossless texts ({@link
 * org.mailkeep.model.RawText}).
 *
 * <p>New lines go where vpopmail (5.4 and later) would put them: it keeps these files in the order
 * of {@link org.mailkeep.mail.qmail.DomainOrder}, and sorts them when it finds them otherwise. To
 * qmail their order means nothing.
 */
@NullMarked
package org.mailkeep.mail.qmail;

import org.jspecify.annotations.NullMarked;
