/**
 * The units that let systemd start runs, and the line that lets cron do it. They are made for one
 * configuration: what it needs is left open, all else is closed. systemd.exec(5).
 *
 * <p>A run reads all mail ({@code CAP_DAC_READ_SEARCH}, and {@code CAP_FOWNER} so that it leaves no
 * access times behind), and writes to its repository and its state. Java compiles while it runs, so
 * {@code MemoryDenyWriteExecute} cannot be. sendmail is setuid or setgid with most mail servers and
 * writes to a queue: where mail is wanted the unit leaves that open.
 */
@NullMarked
package org.mailkeep.service.units;

import org.jspecify.annotations.NullMarked;
