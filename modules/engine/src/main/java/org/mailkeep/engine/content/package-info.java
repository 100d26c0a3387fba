/**
 * Files into chunks and back: content-defined chunking, messages by their parts, recipes of any
 * length, and the bytes of a recipe in order.
 */
@NullMarked
package org.mailkeep.engine.content;

import org.jspecify.annotations.NullMarked;
