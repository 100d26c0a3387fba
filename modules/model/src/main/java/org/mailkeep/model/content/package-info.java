/**
 * How a file's bytes come back: recipes made of segments, segments made of chunks.
 *
 * <p>A recipe says nothing about a file's name, owner or times, and those records hold no content.
 */
@NullMarked
package org.mailkeep.model.content;

import org.jspecify.annotations.NullMarked;
