@NullMarked
package org.mailkeep.mail.maildir;

import org.jspecify.annotations.NullMarked;
