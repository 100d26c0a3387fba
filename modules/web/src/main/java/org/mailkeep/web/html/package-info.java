/** Mark-up and addresses that are right by construction. */
@NullMarked
package org.mailkeep.web.html;

import org.jspecify.annotations.NullMarked;
