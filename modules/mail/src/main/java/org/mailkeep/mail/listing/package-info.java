/** What recognising needs to know of a directory: names and types, as data. */
@NullMarked
package org.mailkeep.mail.listing;

import org.jspecify.annotations.NullMarked;
