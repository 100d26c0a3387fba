package org.mailkeep.cli.options;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailkeep.model.RawPath;
import org.mailkeep.storage.location.StorageLocation;
import org.mailkeep.unix.Credentials;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which repository, and where its key and this host's state are. */
public final class RepositoryOptions {

  @Option(
      names = {"-r", "--repo"},
      paramLabel = "PLACE",
      description =
          "The repository: a folder, sftp://user@host/path, s3://bucket/prefix or"
              + " s3:https://host/bucket/prefix (default: MAILKEEP_REPOSITORY, else"
              + " /var/backups/mailkeep for root).")
  private @Nullable String repo;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "Read the password from the first line of FILE (or MAILKEEP_PASSWORD_FILE).")
  private @Nullable Path passwordFile;

  @Option(
      names = "--password-command",
      paramLabel = "COMMAND",
      description =
          "Read the password from what COMMAND prints (or MAILKEEP_PASSWORD_COMMAND). The variable"
              + " MAILKEEP_PASSWORD can hold the password itself.")
  private @Nullable String passwordCommand;

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description =
          "Open with this key file (or MAILKEEP_KEY_FILE; default: /etc/mailkeep/mailkeep.key for"
              + " root, if it is there).")
  private @Nullable Path keyFile;

  @Option(
      names = "--private-key",
      paramLabel = "FILE",
      description =
          "Open with this recipient's private key (or MAILKEEP_PRIVATE_KEY); if it is locked, the"
              + " password opens it.")
  private @Nullable Path privateKey;

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      description =
          "Keep this host's index of the repository under DIR (or MAILKEEP_STATE_DIR; default:"
              + " /var/lib/mailkeep for root). It can be deleted at any time.")
  private @Nullable Path stateDirectory;

  @Mixin private final RemoteOptions remote = new RemoteOptions();
  @Mixin private final ConfigurationOptions configuration = new ConfigurationOptions();

  private final Places places =
      Places.of(Credentials.current().effectiveUid() == 0, Environment.variables());

  /** Where the repository is. */
  public StorageLocation location() {
    return location(repo != null ? repo : places.repository().toString());
  }

  /** The configuration that the other options' defaults come from. */
  public ConfigurationOptions configuration() {
    return configuration;
  }

  /** A place for a copy, of which other things may be said than of the repository's. */
  StorageLocation location(String place, TargetRemoteOptions target) {
    return StorageLocation.parse(place, () -> target.over(remote.settings()));
  }

  /** Another place, written the same way; what was said of other machines holds for it too. */
  public StorageLocation location(String place) {
    return StorageLocation.parse(place, remote::settings);
  }

  /** What of this host's files the program works with, as real paths: nothing may remove them. */
  public List<RawPath> ownPaths() {
    List<Path> paths = new ArrayList<>();
    if (location() instanceof StorageLocation.LocalFolder folder) {
      paths.add(folder.root());
    }
    paths.add(stateDirectory());
    paths.add(keyFile().orElse(defaultKeyFile()));
    passwordFile().ifPresent(paths::add);
    paths.addAll(remote.files());
    paths.add(Path.of(System.getProperty("java.io.tmpdir")));
    return paths.stream().flatMap(path -> real(path).stream()).toList();
  }

  private static Optional<RawPath> real(Path path) {
    try {
      return Optional.of(RawPath.of(path.toRealPath().toString()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  Optional<Path> passwordFile() {
    return Optional.ofNullable(passwordFile);
  }

  Optional<String> passwordCommand() {
    return Optional.ofNullable(passwordCommand);
  }

  Optional<Path> keyFile() {
    return Optional.ofNullable(keyFile);
  }

  /** The key file where nothing is said. */
  public Path defaultKeyFile() {
    return places.keyFile();
  }

  /** Where the secret that opens the repository comes from. */
  Secrets secrets() {
    return new Secrets(
        new PasswordSource(passwordFile(), passwordCommand(), "MAILKEEP_PASSWORD"),
        keyFile(),
        Optional.ofNullable(privateKey),
        Optional.of(defaultKeyFile()));
  }

  /** Where this host keeps what it knows. */
  public Path stateDirectory() {
    return stateDirectory != null ? stateDirectory : places.state();
  }
}
