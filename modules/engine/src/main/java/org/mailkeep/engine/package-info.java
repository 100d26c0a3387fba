/**
 * What Mailkeep does: joins the file system ({@code unix}), what is known of mail ({@code mail})
 * and the repository.
 *
 * <ul>
 *   <li>{@link org.mailkeep.engine.sort}: what may be too much for memory, in order
 *   <li>{@link org.mailkeep.engine.content}: files into chunks and back
 *   <li>{@link org.mailkeep.engine.backup}: scan, read, store, remember
 *   <li>{@link org.mailkeep.engine.browse}: snapshots looked into
 *   <li>{@link org.mailkeep.engine.diff}: two trees compared
 *   <li>{@link org.mailkeep.engine.history}: what became of each message, and the search for it
 *   <li>{@link org.mailkeep.engine.restore}: plan, write, check ownership
 *   <li>{@link org.mailkeep.engine.archive}: tar and cpio as streams
 *   <li>{@link org.mailkeep.engine.export}: snapshots as archives
 *   <li>{@link org.mailkeep.engine.ingest}: archives as snapshots
 *   <li>{@link org.mailkeep.engine.move}: domains that go to another server
 *   <li>{@link org.mailkeep.engine.mailbox}: mailboxes found, in snapshots and on this host
 *   <li>{@link org.mailkeep.engine.recover}: messages given back to mailboxes that are in use
 *   <li>{@link org.mailkeep.engine.verify}: is everything there and what it was
 * </ul>
 */
@NullMarked
package org.mailkeep.engine;

import org.jspecify.annotations.NullMarked;
