package org.mailkeep.cli.options;

import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.UsageException;

/**
 * What {@code SNAPSHOT} or {@code SNAPSHOT:/path} names.
 *
 * @param snapshot what was said of the snapshot
 * @param path a path in it; the root where none was said
 */
public record SnapshotPart(String snapshot, RawPath path) {

  /** Reads one. */
  public static SnapshotPart parse(String text) {
    int colon = text.indexOf(":/");
    String snapshot = colon < 0 ? text : text.substring(0, colon);
    if (snapshot.isEmpty()) {
      throw new UsageException(
          "'" + text + "' names no snapshot",
          "Write SNAPSHOT or SNAPSHOT:/path, such as latest:/home/vpopmail.");
    }
    return new SnapshotPart(
        snapshot, colon < 0 ? RawPath.ROOT : RawPath.of(text.substring(colon + 1)));
  }
}
