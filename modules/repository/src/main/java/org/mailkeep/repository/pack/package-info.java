/**
 * Packs: files of sealed blocks with a sealed table of contents, and the writing and reading of
 * chunks through them.
 */
@NullMarked
package org.mailkeep.repository.pack;

import org.jspecify.annotations.NullMarked;
