package org.mailkeep.storage.sftp;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How to log in to a server.
 *
 * @param knownHosts the files of host keys, of which the first is where the user adds one
 * @param keys files of private keys; those that are missing are skipped, unless {@code keysNamed}
 * @param keysNamed whether the user named the keys
 * @param passphrase gives the passphrase of the keys when one is needed
 * @param agent the socket of the user's ssh-agent
 */
public record SftpSettings(
    List<Path> knownHosts,
    List<Path> keys,
    boolean keysNamed,
    Supplier<Optional<String>> passphrase,
    Optional<Path> agent) {

  /** Copies the lists. */
  public SftpSettings {
    knownHosts = List.copyOf(knownHosts);
    keys = List.copyOf(keys);
  }

  /**
   * As ssh(1) does without options.
   *
   * @param home the user's home
   */
  public static SftpSettings usual(Path home, Optional<Path> agent) {
    Path ssh = home.resolve(".ssh");
    return new SftpSettings(
        List.of(ssh.resolve("known_hosts"), Path.of("/etc/ssh/ssh_known_hosts")),
        List.of(ssh.resolve("id_ed25519"), ssh.resolve("id_ecdsa"), ssh.resolve("id_rsa")),
        false,
        Optional::empty,
        agent);
  }
}
