/**
 * Mail stores made up for measuring, the same ones on every machine.
 *
 * <p>A {@link Workload} says what a store looks like; a {@link Plan} decides, from a seed, which
 * message is delivered when, into which mailbox; a {@link MessageSource} writes a message's bytes
 * when they are wanted, from its number alone, so that nothing large is kept in memory and both
 * cores can write files at once. All text comes from the {@link Corpus} of real messages: it is cut
 * into short runs of words and put together again, so that it compresses like the original and yet
 * repeats nowhere. {@link Store} puts files where vpopmail puts them, {@link Touch} changes a store
 * the way a day does.
 */
@NullMarked
package org.mailkeep.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
