/**
 * Profiles: which files of a host belong to one program of a mail server, and why. A profile is a
 * TOML file, of this package or of the administrator's folder; this package reads them and looks
 * for what they name.
 *
 * <p>The lists come from the programs' own sources: qmail's hier.c (only alias, control, users and
 * queue hold a site's data, and a queue cannot be restored), the Makefile.am of vpopmail and
 * courier-imap, Life with qmail for the places of tcp rules and services.
 *
 * <p>Links are never lost and never the only thing that is found: each link on the way to a file is
 * found itself, and what it leads to under its real name. So a snapshot has every file once, and a
 * restore brings back the links, too.
 *
 * <p>TOML is read by tomlj, in this package only: it tells line and column of each mistake.
 */
@NullMarked
package org.mailkeep.engine.profile;

import org.jspecify.annotations.NullMarked;
