package org.mailkeep.mail.mailbox;

import java.util.Optional;
import java.util.function.BiConsumer;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.RawText;

/**
 * vpopmail's {@code vpasswd}: lines {@code user:password:uid:gid:gecos:dir:quota[:clear]}. Only
 * users and their directories are ever looked at.
 */
public final class VpasswdFile {

  private static final int DIRECTORY = 5;
  private static final int FIELDS = 7;

  private final byte[] bytes;

  private VpasswdFile(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The file of these bytes, which are not copied. */
  public static VpasswdFile of(byte[] bytes) {
    return new VpasswdFile(bytes);
  }

  /** The directory of a user, in lower case as vpopmail has it. */
  public Optional<RawPath> directory(String user) {
    RawPath[] found = new RawPath[1];
    forEach(
        (name, directory) -> {
          if (found[0] == null && name.equals(user)) {
            found[0] = directory;
          }
        });
    return Optional.ofNullable(found[0]);
  }

  /** Goes through users and their directories. */
  public void forEach(BiConsumer<String, RawPath> visitor) {
    int start = 0;
    for (int i = 0; i <= bytes.length; i++) {
      if (i == bytes.length || bytes[i] == '\n') {
        line(FileName.of(bytes, start, i).text(), visitor);
        start = i + 1;
      }
    }
  }

  private static void line(String line, BiConsumer<String, RawPath> visitor) {
    String[] fields = line.split(":", -1);
    if (fields.length >= FIELDS && !fields[0].isEmpty() && fields[DIRECTORY].startsWith("/")) {
      visitor.accept(fields[0], RawPath.of(RawText.encode(fields[DIRECTORY])));
    }
  }

  /**
   * Where a user's directory is below that of the domain. The domain may stand elsewhere now, or
   * have been reached through a link, so what counts is what follows the domain's own name.
   */
  public static Optional<RawPath> below(FileName domainFolder, RawPath directory) {
    int place = directory.names().lastIndexOf(domainFolder);
    if (place < 0 || place == directory.names().size() - 1) {
      return Optional.empty();
    }
    RawPath below = RawPath.of(".");
    for (FileName name : directory.names().subList(place + 1, directory.names().size())) {
      below = below.resolve(name);
    }
    return Optional.of(below);
  }
}
