@NullMarked
package org.mailkeep.mail.followup;

import org.jspecify.annotations.NullMarked;
