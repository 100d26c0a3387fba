@NullMarked
package org.mailkeep.repository;

import org.jspecify.annotations.NullMarked;
