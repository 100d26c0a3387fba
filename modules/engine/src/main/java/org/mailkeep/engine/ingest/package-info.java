/**
 * Archives and folders become snapshots, as if they had been backed up on their day.
 *
 * <p>The archive is read once, from start to end, and each file goes through the splitter and
 * chunker of a backup as it comes, so that what the repository has already costs nothing. Members
 * come in any order, and the tree of a snapshot needs them by directory; so each entry is put into
 * a temporary database under its depth, its directory and its name ({@link
 * org.mailkeep.engine.ingest.EntryStore}), and the tree is written from there, the deepest
 * directories first. Memory is that of the largest directory.
 *
 * <p>An archive is not trusted. Its names are taken apart before anything is done with them,
 * nothing is ever written under them, links are kept as what they say and not followed, and one
 * that puts something below a file or link is refused. A snapshot exists only if the archive was
 * read to its end mark.
 */
@NullMarked
package org.mailkeep.engine.ingest;

import org.jspecify.annotations.NullMarked;
