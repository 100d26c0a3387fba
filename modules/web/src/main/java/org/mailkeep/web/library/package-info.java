/** The repository as the pages see it, shared by their threads. */
@NullMarked
package org.mailkeep.web.library;

import org.jspecify.annotations.NullMarked;
