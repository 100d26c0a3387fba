@NullMarked
package org.mailkeep.testkit;

import org.jspecify.annotations.NullMarked;
