/**
 * The JDK's HTTP server with limits, and the way of each request through the checks to its page.
 */
@NullMarked
package org.mailkeep.web.server;

import org.jspecify.annotations.NullMarked;
