@NullMarked
package org.mailkeep.mail.mailbox;

import org.jspecify.annotations.NullMarked;
