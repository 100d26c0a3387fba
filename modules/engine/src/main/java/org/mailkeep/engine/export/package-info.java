/**
 * Parts of snapshots as archives that any system unpacks: tar for another server or another backup
 * program, zip for people, mbox for mail programs.
 *
 * <p>An export is a stream: the tree is walked in order, each content is read when its turn comes,
 * and what is remembered is one branch of the tree, the blocks opened last, and, on disk, the first
 * name of each hard-linked file. Small files are read whole before their header is written, so that
 * one that is damaged is left out and told; where a large one breaks off amid its content, the
 * whole export fails, for an archive cannot take a header back.
 */
@NullMarked
package org.mailkeep.engine.export;

import org.jspecify.annotations.NullMarked;
