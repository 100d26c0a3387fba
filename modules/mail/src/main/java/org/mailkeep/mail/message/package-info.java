/**
 * Cuts messages into runs and puts them together again, byte for byte.
 *
 * <h2>Why</h2>
 *
 * Copies of one message differ only in the lines that delivery put on top, so these lines are a run
 * of their own ({@link org.mailkeep.mail.message.RunKind#TRACE}) and everything below is shared.
 * Most of a mail store is base64, often the same attachment in different messages with different
 * line lengths and borders, so base64 is decoded ({@link
 * org.mailkeep.mail.message.RunKind#BINARY}). Header and text are kept apart because they compress
 * better among their like.
 *
 * <h2>How</h2>
 *
 * {@link org.mailkeep.mail.message.MessageSplitter} is a push parser over lines. It looks at no
 * more than the first 2 KiB of a line (the line's <i>head</i>), keeps no message and builds no
 * tree. All that it remembers is one head, the two header fields that matter, the borders of the
 * open multiparts, one buffer of base64 and a few KiB of text whose run is not decided yet: some 80
 * KiB in all, whatever the input.
 *
 * <pre>
 *   bytes -> MessageSplitter (heads of lines, where we are)
 *              |-- HeaderReader     Content-Type and Content-Transfer-Encoding
 *              |-- BorderStack      the borders of the open multiparts
 *              |-- Base64Decoding   lines of base64 -> decoded bytes, or literal after all
 *              '-- RunJoiner        literal bytes -> runs that are worth their cost -> RunSink
 * </pre>
 *
 * <h2>Invariants</h2>
 *
 * <ul>
 *   <li>The runs in order, BINARY ones encoded by their layout, are the input, whatever it was.
 *       Every input byte goes exactly one of two ways: literally, or as one of the base64
 *       characters and line ends that the layout implies. Base64 that is not canonical in every
 *       respect is literal.
 *   <li>The runs do not depend on how the input was cut into {@code feed} calls: each decision is a
 *       function of a whole head.
 *   <li>Misreading a message can only cost space, never bytes. So the parser may be simple where
 *       RFC 5322 and RFC 2045 are not: no comments in Content-Type, no RFC 2231 boundaries.
 * </ul>
 */
@NullMarked
package org.mailkeep.mail.message;

import org.jspecify.annotations.NullMarked;
