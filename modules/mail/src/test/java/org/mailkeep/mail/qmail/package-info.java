@NullMarked
package org.mailkeep.mail.qmail;

import org.jspecify.annotations.NullMarked;
