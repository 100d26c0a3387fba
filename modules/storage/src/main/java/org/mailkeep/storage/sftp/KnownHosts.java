package org.mailkeep.storage.sftp;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.jspecify.annotations.Nullable;
import org.mailkeep.model.error.StorageException;

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
    return entries().stream()
        .filter(entry -> entry.getMarker() == null)
        .map(entry -> entry.getKeyEntry().getKeyType())
        .distinct()
        .toList();
  }

  @Override
  public boolean verifyServerKey(ClientSession session, SocketAddress remote, PublicKey key) {
    List<KnownHostEntry> entries;
    try {
      entries = entries();
    } catch (StorageException e) {
      refusal.set(Optional.of(e));
      return false;
    }
    boolean known = false;
    boolean same = false;
    for (KnownHostEntry entry : entries) {
      boolean equal = KeyUtils.compareKeys(key, key(entry));
      if (equal && "revoked".equals(entry.getMarker())) {
        refusal.set(Optional.of(revoked(key)));
        return false;
      }
      known |= entry.getMarker() == null;
      same |= equal && entry.getMarker() == null;
    }
    if (!same) {
      refusal.set(Optional.of(known ? changed(key) : unknown(key)));
    }
    return same;
  }

  /** The lines about the server; certificates of authorities (@cert-authority) are not used. */
  private List<KnownHostEntry> entries() {
    List<KnownHostEntry> found = new ArrayList<>();
    for (Path file : files) {
      if (Files.exists(file)) {
        for (KnownHostEntry entry : read(file)) {
          if (entry.getKeyEntry() != null && entry.isHostMatch(folder.host(), folder.port())) {
            found.add(entry);
          }
        }
      }
    }
    return found;
  }

  private static List<KnownHostEntry> read(Path file) {
    try {
      return KnownHostEntry.readKnownHostEntries(file);
    } catch (IOException | RuntimeException e) {
      throw StorageException.lasting(
          "The host keys in " + file + " cannot be read: " + e.getMessage(),
          "Correct the file, or name another with --sftp-known-hosts.");
    }
  }

  private static @Nullable PublicKey key(KnownHostEntry entry) {
    try {
      return entry.getKeyEntry().resolvePublicKey(null, PublicKeyEntryResolver.IGNORING);
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      // Of a type that this program does not know, so it is no key that the server could have
      // shown.
      return null;
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
