package org.mailkeep.cli.options;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.storage.location.RemoteSettings;
import org.mailkeep.storage.s3.Retention;
import org.mailkeep.storage.s3.S3Settings;
import org.mailkeep.storage.sftp.SftpSettings;
import picocli.CommandLine.Option;

/** What a repository on another machine needs besides its name; no secret is ever an argument. */
final class RemoteOptions {

  private static final int LONGEST_LOCK = 36_500;

  @Option(
      names = "--sftp-key",
      paramLabel = "FILE",
      description =
          "Log in with this private key (or MAILKEEP_SFTP_KEY; default: ~/.ssh/id_ed25519,"
              + " id_ecdsa, id_rsa, and those of an ssh-agent).")
  private @Nullable Path sftpKey;

  @Option(
      names = "--sftp-passphrase-file",
      paramLabel = "FILE",
      description = "Read that key's passphrase from the first line of FILE.")
  private @Nullable Path sftpPassphraseFile;

  @Option(
      names = "--sftp-passphrase-command",
      paramLabel = "COMMAND",
      description = "Read that key's passphrase from what COMMAND prints.")
  private @Nullable String sftpPassphraseCommand;

  @Option(
      names = "--sftp-known-hosts",
      paramLabel = "FILE",
      description =
          "Believe the servers' keys in FILE (or MAILKEEP_SFTP_KNOWN_HOSTS; default:"
              + " ~/.ssh/known_hosts and /etc/ssh/ssh_known_hosts).")
  private @Nullable Path sftpKnownHosts;

  @Option(
      names = "--s3-credentials",
      paramLabel = "FILE",
      description =
          "Take the access key from FILE, in the form of ~/.aws/credentials (or"
              + " MAILKEEP_S3_CREDENTIALS; default: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY,"
              + " else that file).")
  private @Nullable Path s3Credentials;

  @Option(
      names = "--s3-profile",
      paramLabel = "NAME",
      description = "Use this section of the file (or AWS_PROFILE; default: default).")
  private @Nullable String s3Profile;

  @Option(
      names = "--s3-region",
      paramLabel = "REGION",
      description =
          "The bucket's region (or AWS_REGION; default for servers other than AWS: us-east-1).")
  private @Nullable String s3Region;

  @Option(
      names = "--s3-virtual-host",
      description = "Write the bucket into the host's name, for servers that want it there.")
  private boolean s3VirtualHost;

  @Option(
      names = "--s3-ca",
      paramLabel = "FILE",
      description = "Trust the certificate authorities in this PEM file instead of Java's.")
  private @Nullable Path s3Ca;

  @Option(
      names = "--s3-storage-class",
      paramLabel = "CLASS",
      description = "Store new objects in this class, such as STANDARD_IA.")
  private @Nullable String s3StorageClass;

  @Option(
      names = "--s3-object-lock",
      paramLabel = "DAYS",
      description =
          "Let nobody remove what is written before DAYS have passed; needs a bucket made with"
              + " object lock.")
  private @Nullable Integer s3ObjectLock;

  @Option(
      names = "--s3-object-lock-mode",
      paramLabel = "governance|compliance",
      description =
          "compliance (default): not even its owner; governance: but who has the right to bypass"
              + " it.")
  private Retention.@Nullable Mode s3ObjectLockMode;

  /** All of it, with what the environment says. */
  RemoteSettings settings() {
    return new RemoteSettings(s3(), sftp(), Environment.variables());
  }

  /** The files with secrets that the options name. */
  List<Path> files() {
    return Stream.of(sftpKey, sftpPassphraseFile, s3Credentials)
        .flatMap(Stream::ofNullable)
        .toList();
  }

  private SftpSettings sftp() {
    Path home = Path.of(System.getProperty("user.home", "."));
    SftpSettings usual =
        SftpSettings.usual(home, Environment.variable("SSH_AUTH_SOCK").map(Path::of));
    Optional<Path> key = Optional.ofNullable(sftpKey);
    Optional<Path> hosts = Optional.ofNullable(sftpKnownHosts);
    return new SftpSettings(
        hosts.map(List::of).orElse(usual.knownHosts()),
        key.map(List::of).orElse(usual.keys()),
        key.isPresent(),
        this::passphrase,
        usual.agent());
  }

  private Optional<String> passphrase() {
    if (sftpPassphraseFile != null) {
      return Optional.of(
          text(SecretText.fromFile(sftpPassphraseFile, "passphrase", "--sftp-passphrase-file")));
    }
    return Optional.ofNullable(sftpPassphraseCommand)
        .map(command -> text(SecretText.fromCommand(command, "passphrase")));
  }

  static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private S3Settings s3() {
    return new S3Settings(
        Optional.ofNullable(s3Region),
        Optional.ofNullable(s3Credentials),
        Optional.ofNullable(s3Profile),
        s3VirtualHost,
        Optional.ofNullable(s3Ca),
        Optional.ofNullable(s3StorageClass),
        retention(s3ObjectLock, s3ObjectLockMode, "--s3-object-lock"));
  }

  static Optional<Retention> retention(
      @Nullable Integer days, Retention.@Nullable Mode mode, String option) {
    if (days == null) {
      if (mode != null) {
        throw new UsageException(option + "-mode says nothing without " + option, "Give both.");
      }
      return Optional.empty();
    }
    if (days < 1 || days > LONGEST_LOCK) {
      throw new UsageException(
          option + " " + days + " is not a number of days", "Give 1 to " + LONGEST_LOCK + ".");
    }
    return Optional.of(new Retention(mode == null ? Retention.Mode.COMPLIANCE : mode, days));
  }
}
