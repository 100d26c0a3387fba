/** The commands, one class each. */
@NullMarked
package org.mailkeep.cli.command;

import org.jspecify.annotations.NullMarked;
