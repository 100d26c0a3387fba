package org.mailkeep.cli.options;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the secret that opens a repository comes from.
 *
 * @param passwords gives a password
 * @param keyFile that was named
 * @param privateKey of a recipient, that was named
 * @param usualKeyFile that is tried where nothing is named
 */
record Secrets(
    PasswordSource passwords,
    Optional<Path> keyFile,
    Optional<Path> privateKey,
    Optional<Path> usualKeyFile) {}
