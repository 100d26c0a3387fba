/**
 * The configuration: one TOML file, and what stands above it. The {@link
 * org.mailkeep.service.config.Schema} names every key once, with its kind, its option of the
 * command line and its environment variable; all else follows from it: the reading of the file with
 * every mistake told, the one order of precedence ({@link org.mailkeep.service.config.Settings}),
 * what {@code config show} prints.
 *
 * <p>TOML is read by tomlj, whose tables become {@link org.mailkeep.service.config.Node}s in one
 * class. It tells line and column of most mistakes and fails with errors of its own on a few.
 *
 * <p>No value of the file is a secret. Files with secrets are named, also as {@code
 * credential:NAME}, which systemd gives to the service alone.
 */
@NullMarked
package org.mailkeep.service.config;

import org.jspecify.annotations.NullMarked;
