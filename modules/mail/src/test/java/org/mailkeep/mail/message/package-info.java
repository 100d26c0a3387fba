@NullMarked
package org.mailkeep.mail.message;

import org.jspecify.annotations.NullMarked;
