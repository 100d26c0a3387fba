/**
 * What the header of a message tells people: who wrote to whom, when, about what, and which files
 * are attached.
 *
 * <pre>
 *   bytes of the message, attachments left out -> HeaderFactsReader (lines, fields that matter)
 *                                                   |-- HeaderText      bytes -> decoded text
 *                                                   |-- MailDate        text -> moment
 *                                                   '-- AttachmentName  field -> file name
 * </pre>
 *
 * <p>Any bytes give some answer, and none is ever an error: spam breaks every rule, and a history
 * that stops at a bad message would be no history. All that is kept of a message is bounded.
 *
 * <p>Encoded words (RFC 2047) and parameters (RFC 2045, RFC 2231) are read by Apache James' mime4j,
 * in this package only: it knows what mail programs really send. Dates are read here, for its
 * parser of them is in another library, ten times as large.
 */
@NullMarked
package org.mailkeep.mail.header;

import org.jspecify.annotations.NullMarked;
