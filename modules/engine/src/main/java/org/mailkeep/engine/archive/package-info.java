/**
 * Archives as streams: tar written and read, cpio read.
 *
 * <p>Both are done here byte by byte. Commons Compress, which compresses and writes zip, holds
 * names and PAX values as Strings and times to 100 nanoseconds; a name in Latin-1, an ACL or a
 * capability would come out as another one. What is written is POSIX.1-2001 (PAX), with a PAX
 * header only where the old header cannot say it; what is read is also V7, ustar, GNU with long
 * names and sparse files, and cpio in the forms odc, newc and crc.
 *
 * <p>Bytes from outside are bounded before they are believed: lengths, numbers, the size of
 * headers, and what comes out of a decompressor. Whatever is wrong with an archive ends in one
 * {@link org.mailkeep.model.error.RefusedException} that says what and where.
 */
@NullMarked
package org.mailkeep.engine.archive;

import org.jspecify.annotations.NullMarked;
