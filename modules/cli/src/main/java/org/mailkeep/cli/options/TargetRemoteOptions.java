package org.mailkeep.cli.options;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.storage.location.RemoteSettings;
import org.mailkeep.storage.s3.Retention;
import org.mailkeep.storage.s3.S3Settings;
import org.mailkeep.storage.sftp.SftpSettings;
import picocli.CommandLine.Option;

/** What copies on other machines need where it is not what the repository needs. */
final class TargetRemoteOptions {

  @Option(
      names = "--to-sftp-key",
      paramLabel = "FILE",
      description = "For the targets: log in with this private key.")
  private @Nullable Path sftpKey;

  @Option(
      names = "--to-sftp-passphrase-file",
      paramLabel = "FILE",
      description = "Read that key's passphrase from the first line of FILE.")
  private @Nullable Path sftpPassphraseFile;

  @Option(
      names = "--to-sftp-passphrase-command",
      paramLabel = "COMMAND",
      description = "Read that key's passphrase from what COMMAND prints.")
  private @Nullable String sftpPassphraseCommand;

  @Option(
      names = "--to-sftp-known-hosts",
      paramLabel = "FILE",
      description = "For the targets: believe the servers' keys in FILE.")
  private @Nullable Path sftpKnownHosts;

  @Option(
      names = "--to-s3-credentials",
      paramLabel = "FILE",
      description = "For the targets: take the access key from FILE.")
  private @Nullable Path s3Credentials;

  @Option(
      names = "--to-s3-profile",
      paramLabel = "NAME",
      description = "For the targets: use this section of the file.")
  private @Nullable String s3Profile;

  @Option(
      names = "--to-s3-region",
      paramLabel = "REGION",
      description = "For the targets: their buckets' region.")
  private @Nullable String s3Region;

  @Option(
      names = "--to-s3-virtual-host",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "For the targets: write the bucket into the host's name, or not.")
  private @Nullable Boolean s3VirtualHost;

  @Option(
      names = "--to-s3-ca",
      paramLabel = "FILE",
      description = "For the targets: trust the certificate authorities in this PEM file.")
  private @Nullable Path s3Ca;

  @Option(
      names = "--to-s3-storage-class",
      paramLabel = "CLASS",
      description = "For the targets: store new objects in this class.")
  private @Nullable String s3StorageClass;

  @Option(
      names = "--to-s3-object-lock",
      paramLabel = "DAYS",
      description = "For the targets: let nobody remove what is written before DAYS have passed.")
  private @Nullable Integer s3ObjectLock;

  @Option(
      names = "--to-s3-object-lock-mode",
      paramLabel = "governance|compliance",
      description = "For the targets: what --s3-object-lock-mode says for the repository.")
  private Retention.@Nullable Mode s3ObjectLockMode;

  /** What the repository needs, changed by what was said of the targets. */
  RemoteSettings over(RemoteSettings repository) {
    return new RemoteSettings(
        s3(repository.s3()), sftp(repository.sftp()), repository.environment());
  }

  /**
   * Finds mistakes before anything is done.
   *
   * @throws UsageException for options that make no sense
   */
  void require() {
    var _ = retention();
  }

  private Optional<Retention> retention() {
    return RemoteOptions.retention(s3ObjectLock, s3ObjectLockMode, "--to-s3-object-lock");
  }

  private S3Settings s3(S3Settings usual) {
    return new S3Settings(
        or(s3Region, usual.region()),
        or(s3Credentials, usual.credentials()),
        or(s3Profile, usual.profile()),
        or(s3VirtualHost, Optional.of(usual.virtualHost())).orElseThrow(),
        or(s3Ca, usual.authorities()),
        or(s3StorageClass, usual.storageClass()),
        retention().or(usual::retention));
  }

  private SftpSettings sftp(SftpSettings usual) {
    return new SftpSettings(
        or(sftpKnownHosts, Optional.<Path>empty()).map(List::of).orElse(usual.knownHosts()),
        or(sftpKey, Optional.<Path>empty()).map(List::of).orElse(usual.keys()),
        sftpKey != null || usual.keysNamed(),
        passphrase(usual),
        usual.agent());
  }

  /** A key of the targets has a passphrase of its own, or none. */
  private Supplier<Optional<String>> passphrase(SftpSettings usual) {
    Path file = sftpPassphraseFile;
    String command = sftpPassphraseCommand;
    if (file != null) {
      return () ->
          Optional.of(
              RemoteOptions.text(
                  SecretText.fromFile(file, "passphrase", "--to-sftp-passphrase-file")));
    }
    if (command != null) {
      return () -> Optional.of(RemoteOptions.text(SecretText.fromCommand(command, "passphrase")));
    }
    return sftpKey != null ? Optional::empty : usual.passphrase();
  }

  private static <T> Optional<T> or(@Nullable T said, Optional<T> usual) {
    return said != null ? Optional.of(said) : usual;
  }
}
