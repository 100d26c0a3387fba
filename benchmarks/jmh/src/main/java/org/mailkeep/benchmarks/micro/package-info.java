/**
 * Single operations of Mailkeep, each beside what bounds it on the machine at hand: copying memory,
 * the JDK's SHA-256 and AES-GCM, zstd, RocksDB.
 *
 * <p>A {@link Comparison} names an operation and its limit, which are two JMH benchmarks; {@link
 * Main} measures them one after the other, so that both meet the same machine. Benchmarks are
 * methods of JMH states, one an operation of one thread, that return or consume what they made.
 * Their scores are bytes or operations a microsecond, which are megabytes or millions a second.
 */
@NullMarked
package org.mailkeep.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
