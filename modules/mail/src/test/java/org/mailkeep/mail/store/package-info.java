@NullMarked
package org.mailkeep.mail.store;

import org.jspecify.annotations.NullMarked;
