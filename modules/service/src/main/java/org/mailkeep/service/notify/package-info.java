/**
 * Telling people: by e-mail, by a webhook, by pinging a watch that notices when runs cease.
 *
 * <p>Each channel has its own memory of what it was told last of each step. A message is due when
 * that differs from how things are, and it counts as told only when it was delivered. So a state is
 * told once, a message that could not be sent is sent by a later run, and what was mended before
 * anybody heard of it is not news.
 */
@NullMarked
package org.mailkeep.service.notify;

import org.jspecify.annotations.NullMarked;
