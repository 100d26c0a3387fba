/**
 * Linux as Mailkeep needs it: open directories, the entries in them, and what the JDK's file API
 * leaves out or gets wrong.
 *
 * <p>The JDK knows names only through a locale, cannot make a FIFO, hides most extended attributes,
 * sets a time before 1970 wrongly, changes the target when told to change a symbolic link's mode,
 * and opens a FIFO to set its times, which hangs. So this module calls the C library through {@code
 * java.lang.foreign}.
 *
 * <ul>
 *   <li><b>Everything is relative to an open {@link org.mailkeep.unix.Directory}.</b> A name is one
 *       component, and its last link is never followed; whoever exchanges a directory for a link
 *       during a backup or a restore leads nobody astray.
 *   <li><b>Names, link targets and attributes are bytes</b>, whatever the locale says.
 *   <li><b>One call shape.</b> Binding a native signature costs some ten milliseconds of start-up,
 *       so all functions share one of six longs ({@link org.mailkeep.unix.CallFrame}); a pointer is
 *       passed as its address into memory that the calling thread owns. Calls allocate nothing but
 *       their result.
 *   <li><b>Failures are {@link org.mailkeep.model.error.SystemCallException}s</b> with the call,
 *       the path and the number of {@link org.mailkeep.unix.Errno}. Absence is common while a mail
 *       server works, and the {@code ...IfPresent} methods report it without an exception. Calls
 *       that a signal interrupted are made again.
 *   <li><b>Threads.</b> A directory may be used by many threads and is closed after the last one;
 *       an {@link org.mailkeep.unix.Input} or {@link org.mailkeep.unix.Output} belongs to one.
 * </ul>
 *
 * <p>Only Linux on x86-64 and aarch64 is known; what differs between the two stands in one enum.
 */
@NullMarked
package org.mailkeep.unix;

import org.jspecify.annotations.NullMarked;
