@NullMarked
package org.mailkeep.mail.listing;

import org.jspecify.annotations.NullMarked;
