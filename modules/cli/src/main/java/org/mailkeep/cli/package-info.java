@NullMarked
package org.mailkeep.cli;

import org.jspecify.annotations.NullMarked;
