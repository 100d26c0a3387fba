/** Who may ask: the token, sessions, and from where a request may come. */
@NullMarked
package org.mailkeep.web.access;

import org.jspecify.annotations.NullMarked;
