/**
 * The worked example of {@code repo-format.md}: made by the code, compared with the document, and
 * read back, once by the code and once by a reader that knows nothing but the document.
 */
@NullMarked
package org.mailkeep.repository.format;

import org.jspecify.annotations.NullMarked;
