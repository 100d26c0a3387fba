package org.mailkeep.storage.location;

import java.net.URI;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailkeep.model.RawText;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.storage.LocalStorage;
import org.mailkeep.storage.Storage;
import org.mailkeep.storage.s3.S3Bucket;
import org.mailkeep.storage.s3.S3Storage;
import org.mailkeep.storage.sftp.SftpFolder;
import org.mailkeep.storage.sftp.SftpStorage;

/** Where a storage is, as users write it. */
public sealed interface StorageLocation {

  /** Makes a new, empty storage here. */
  Storage create();

  /** Opens the storage that is here. */
  Storage open();

  /** A folder of this machine. */
  record LocalFolder(Path root) implements StorageLocation {

    @Override
    public Storage create() {
      return LocalStorage.create(root);
    }

    @Override
    public Storage open() {
      return LocalStorage.open(root);
    }

    @Override
    public String toString() {
      return root.toString();
    }
  }

  /** A folder on an SFTP server. */
  record SftpServer(SftpFolder folder, Supplier<RemoteSettings> settings)
      implements StorageLocation {

    @Override
    public Storage create() {
      return SftpStorage.create(folder, settings.get().sftp());
    }

    @Override
    public Storage open() {
      return SftpStorage.open(folder, settings.get().sftp());
    }

    @Override
    public String toString() {
      return folder.toString();
    }
  }

  /** A bucket of an S3 server. */
  record S3Server(S3Bucket bucket, Supplier<RemoteSettings> settings) implements StorageLocation {

    @Override
    public Storage create() {
      RemoteSettings all = settings.get();
      return S3Storage.create(bucket, all.s3(), all.environment());
    }

    @Override
    public Storage open() {
      RemoteSettings all = settings.get();
      return S3Storage.open(bucket, all.s3(), all.environment());
    }

    @Override
    public String toString() {
      return bucket.toString();
    }
  }

  /**
   * Reads {@code /path}, {@code path} or {@code file:///path}; {@code sftp://user@host:port/path}
   * or {@code user@host:path}; {@code s3://bucket/prefix} or {@code
   * s3:https://host:port/bucket/prefix}. What stands before a colon is a scheme; a folder with a
   * colon in its name is written {@code ./a:b}.
   *
   * @param settings asked for when a location on another machine is opened
   * @throws UsageException when the text is no location, or its scheme is unknown
   */
  static StorageLocation parse(String text, Supplier<RemoteSettings> settings) {
    Matcher scheme = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):.*", Pattern.DOTALL).matcher(text);
    try {
      if (text.isEmpty()) {
        throw new UsageException("The repository's location is empty", "Give --repo /path.");
      }
      if (SftpFolder.isScp(text)) {
        return new SftpServer(SftpFolder.parse(text), settings);
      }
      if (!scheme.matches()) {
        return new LocalFolder(path(text));
      }
      switch (scheme.group(1)) {
        case "file" -> {
          return new LocalFolder(Path.of(URI.create(text)));
        }
        case "sftp" -> {
          return new SftpServer(SftpFolder.parse(text), settings);
        }
        case "s3" -> {
          return new S3Server(S3Bucket.parse(text), settings);
        }
        default -> {}
      }
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          shown(text) + " is not a valid location", "Write /path or file:///path.", e);
    }
    throw new UsageException(
        "Unknown kind of storage '" + scheme.group(1) + ":' in " + shown(text),
        "Write /path, sftp://user@host/path, s3://bucket/prefix or s3:https://host/bucket/prefix;"
            + " for a folder with a colon in its name, ./a:b.");
  }

  /** Without what may be a password. */
  private static String shown(String text) {
    return RawText.display(text.replaceAll(":[^:@/]*@", ":…@"));
  }

  // By way of a URI, for the JDK makes paths of any bytes, in any locale, in this way only.
  private static Path path(String text) {
    StringBuilder uri = new StringBuilder("file:///");
    for (byte b : RawText.encode(text)) {
      boolean plain = b == '/' || (b > 0 && Character.isLetterOrDigit(b));
      uri.append(plain ? String.valueOf((char) b) : String.format("%%%02X", b));
    }
    Path absolute = Path.of(URI.create(uri.toString()));
    return text.startsWith("/")
        ? absolute
        : Path.of("").toAbsolutePath().resolve(absolute.subpath(0, absolute.getNameCount()));
  }
}
