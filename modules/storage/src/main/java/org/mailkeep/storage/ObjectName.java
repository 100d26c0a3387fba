package org.mailkeep.storage;

import java.util.Optional;

/**
 * The name of an object, such as {@code packs/4f/4f21…}. Folder and id obey the rules of {@link
 * ObjectFolder}.
 *
 * @param folder where it stands
 * @param id its name there
 */
public record ObjectName(ObjectFolder folder, String id) implements Comparable<ObjectName> {

  /** Accepts a valid id. */
  public ObjectName {
    if (!ObjectFolder.isSegment(id)) {
      throw new IllegalArgumentException("Not an object name: '" + id + "'");
    }
  }

  /** The name of this text, such as {@code keys/17ab}. */
  public static ObjectName of(String text) {
    int slash = text.lastIndexOf('/');
    if (slash == 0) {
      throw new IllegalArgumentException("Not an object name: '" + text + "'");
    }
    String folder = text.substring(0, Math.max(0, slash));
    return new ObjectName(new ObjectFolder(folder), text.substring(slash + 1));
  }

  /** The name of this text; empty where it is none, as of what others put beside the objects. */
  public static Optional<ObjectName> parse(String text) {
    int slash = text.lastIndexOf('/');
    String folder = text.substring(0, Math.max(0, slash));
    return slash != 0
            && ObjectFolder.isPath(folder)
            && ObjectFolder.isSegment(text.substring(slash + 1))
        ? Optional.of(of(text))
        : Optional.empty();
  }

  @Override
  public int compareTo(ObjectName other) {
    return toString().compareTo(other.toString());
  }

  /** The whole name; {@link #of} reads it back. */
  @Override
  public String toString() {
    return folder.isRoot() ? id : folder + "/" + id;
  }
}
