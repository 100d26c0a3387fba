/** Options that several commands share, and what they lead to. */
@NullMarked
package org.mailkeep.cli.options;

import org.jspecify.annotations.NullMarked;
