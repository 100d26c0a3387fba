package org.mailkeep.storage.sftp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.storage.sftp.HostLine.Mark;

/**
 * Proves that the server is the one that it was: its key must stand in a known_hosts file
 * (sshd(8)), by the server's name as the user wrote it. Nothing is ever added by itself.
 */
final class KnownHosts implements ServerKeyVerifier {

  private final SftpFolder folder;
  private final List<Path> files;
  private final AtomicReference<Optional<StorageException>> refusal =
      new AtomicReference<>(Optional.empty());

  KnownHosts(SftpFolder folder, List<Path> files) {
    this.folder = folder;
    this.files = files;
  }

  /** Why the key was not accepted, if it was not. */
  Optional<StorageException> refusal() {
    return refusal.get();
  }

  /** The types of the keys that are known of the server, so that it is asked for one of these. */
  List<String> types() {
    return lines().stream()
        .filter(line -> line.mark() == Mark.TRUSTED)
        .map(line -> line.key().getKeyType())
        .distinct()
        .toList();
  }

  @Override
  public boolean verifyServerKey(ClientSession session, SocketAddress remote, PublicKey key) {
    Optional<StorageException> objection;
    try {
      objection = objection(lines(), key);
    } catch (StorageException e) {
      objection = Optional.of(e);
    }
    refusal.set(objection);
    return objection.isEmpty();
  }

  private Optional<StorageException> objection(List<HostLine> lines, PublicKey key) {
    if (lines.stream().anyMatch(line -> line.mark() == Mark.REVOKED && line.has(key))) {
      return Optional.of(revoked(key));
    }
    List<HostLine> trusted = lines.stream().filter(line -> line.mark() == Mark.TRUSTED).toList();
    if (trusted.stream().anyMatch(line -> line.has(key))) {
      return Optional.empty();
    }
    return Optional.of(trusted.isEmpty() ? unknown(key) : changed(key));
  }

  /** The lines about the server; certificates of authorities (@cert-authority) are not used. */
  private List<HostLine> lines() {
    return files.stream().filter(Files::exists).flatMap(file -> read(file).stream()).toList();
  }

  private List<HostLine> read(Path file) {
    try {
      // Names beyond ASCII are none of a server, but may be in a remark, in any encoding.
      return new String(SshFile.read(file), ISO_8859_1)
          .lines()
          .flatMap(line -> HostLine.parse(line).stream())
          .filter(line -> line.isAbout(folder))
          .toList();
    } catch (IOException e) {
      throw StorageException.lasting(
          "The host keys in " + file + " cannot be read: " + e.getMessage(),
          "Correct the file, or name another with --sftp-known-hosts.");
    }
  }

  private StorageException unknown(PublicKey key) {
    return StorageException.lasting(
        "The server "
            + folder.knownName()
            + " is not known: its key is "
            + describe(key)
            + ", and there is none of it in "
            + files.getFirst(),
        "Compare the fingerprint with what 'ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub' (or"
            + " the file of that type) prints on the server. If it is the same: ssh-keyscan "
            + (folder.port() == 22 ? "" : "-p " + folder.port() + " ")
            + folder.host()
            + " >> "
            + files.getFirst());
  }

  private StorageException changed(PublicKey key) {
    return StorageException.lasting(
        "THE KEY OF THE SERVER "
            + folder.knownName()
            + " HAS CHANGED: it shows "
            + describe(key)
            + ", which is not the one in "
            + files.getFirst(),
        "Somebody may be posing as the server. Nothing was sent. Only if you know that it has a new"
            + " key: ssh-keygen -R '"
            + folder.knownName()
            + "' -f "
            + files.getFirst()
            + ", then add the new one.");
  }

  private StorageException revoked(PublicKey key) {
    return StorageException.lasting(
        "The key of the server " + folder.knownName() + " is marked as revoked: " + describe(key),
        "Do not use this server before you know why.");
  }

  private static String describe(PublicKey key) {
    return KeyUtils.getKeyType(key) + " " + KeyUtils.getFingerPrint(key);
  }
}
