/**
 * The command line: one class a command in {@link org.mailkeep.cli.command}, options that several
 * share in {@link org.mailkeep.cli.options}, and what goes to the screen in {@link
 * org.mailkeep.cli.output}. There is no logic here but that of asking and telling.
 */
@NullMarked
package org.mailkeep.cli;

import org.jspecify.annotations.NullMarked;
