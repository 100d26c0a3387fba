@NullMarked
package org.mailkeep.mail;

import org.jspecify.annotations.NullMarked;
