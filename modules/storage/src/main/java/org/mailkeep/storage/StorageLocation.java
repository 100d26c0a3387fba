package org.mailkeep.storage;

import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailkeep.model.RawText;
import org.mailkeep.model.error.UsageException;

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

  /**
   * Reads {@code /path}, {@code path} or {@code file:///path}. What stands before a colon is a
   * scheme; a folder with a colon in its name is written {@code ./a:b}.
   *
   * @throws UsageException when the text is no location, or its scheme is unknown
   */
  static StorageLocation parse(String text) {
    Matcher scheme = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):.*", Pattern.DOTALL).matcher(text);
    try {
      if (text.isEmpty()) {
        throw new UsageException("The repository's location is empty", "Give --repo /path.");
      }
      if (!scheme.matches()) {
        return new LocalFolder(path(text));
      }
      if (scheme.group(1).equals("file")) {
        return new LocalFolder(Path.of(URI.create(text)));
      }
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          RawText.display(text) + " is not a valid location", "Write /path or file:///path.", e);
    }
    throw new UsageException(
        "Unknown kind of storage '" + scheme.group(1) + ":' in " + RawText.display(text),
        "Write /path or file:///path; for a folder with a colon in its name, ./a:b.");
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
