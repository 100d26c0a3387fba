/**
 * What a person may see of a message without any of it acting: its texts as plain text, and what is
 * attached, by name and size.
 *
 * <pre>
 *   bytes of the message -> PreviewReader (parts, by mime4j) -> MessagePreview
 *                              |-- PartText    bytes of a part -> text, whatever its charset
 *                              '-- HtmlText    HTML -> its text, by jsoup; nothing is loaded
 * </pre>
 *
 * <p>Any bytes give some preview. What is held is bounded, however long the message, deep its parts
 * or wide its HTML: the rest is counted and passed over, and the preview says that it was cut.
 */
@NullMarked
package org.mailkeep.mail.preview;

import org.jspecify.annotations.NullMarked;
