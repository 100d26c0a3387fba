/** The pages. Each is made of what the library has, for one request. */
@NullMarked
package org.mailkeep.web.page;

import org.jspecify.annotations.NullMarked;
