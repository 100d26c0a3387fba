/**
 * When steps are due: spans and calendar times, and the rule that decides. All of it is arithmetic
 * on given times, so that a test lets weeks pass in no time.
 *
 * <p>What is kept is when a step was begun and when it was done, as times of the wall clock, for
 * these survive a reboot. A clock that was set back leaves times in the future behind; they count
 * as unknown, so the step is due. A clock that was set forward makes steps due once.
 */
@NullMarked
package org.mailkeep.service.schedule;

import org.jspecify.annotations.NullMarked;
