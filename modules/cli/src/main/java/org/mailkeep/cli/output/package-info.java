/** Text, progress and JSON for people and pipes. */
@NullMarked
package org.mailkeep.cli.output;

import org.jspecify.annotations.NullMarked;
