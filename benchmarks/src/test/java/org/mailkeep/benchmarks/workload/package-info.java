@NullMarked
package org.mailkeep.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
