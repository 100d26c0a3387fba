/**
 * What makes backups run by themselves: one file that says what is wanted ({@link
 * org.mailkeep.service.config}), when each step is due ({@link org.mailkeep.service.schedule}), the
 * run that does it and remembers what it did ({@link org.mailkeep.service.run}), and who is told
 * ({@link org.mailkeep.service.notify}).
 *
 * <p>A step of a run is a command line, the very one that an administrator would type: what a run
 * does can be read in its dry run and tried by hand, and there is one way to do each thing. So this
 * module knows neither repositories nor mail; whoever starts a run gives it a way to run commands.
 */
@NullMarked
package org.mailkeep.service;

import org.jspecify.annotations.NullMarked;
