package org.mailkeep.storage;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A folder of objects, such as {@code packs/4f}; the root has the empty path.
 *
 * <p>Segments are lower-case ASCII letters, digits and {@code . _ -}, begin with a letter or digit
 * and have at most 100 characters: valid and distinct on every file system and object store, never
 * absolute, never "..". Names that begin with a dot are left for temporary files.
 *
 * @param path the segments joined by slashes
 */
public record ObjectFolder(String path) {

  /** How many segments a folder has at most. */
  public static final int DEEPEST = 4;

  private static final String SEGMENT = "[a-z0-9][a-z0-9._-]{0,99}";
  private static final Pattern ONE = Pattern.compile(SEGMENT);
  private static final Pattern PATH =
      Pattern.compile("(" + SEGMENT + "(/" + SEGMENT + "){0," + (DEEPEST - 1) + "})?");

  /** The folder of all folders. */
  public static final ObjectFolder ROOT = new ObjectFolder("");

  /** Accepts at most {@value #DEEPEST} valid segments. */
  public ObjectFolder {
    if (!isPath(path)) {
      throw new IllegalArgumentException("Not an object folder: '" + path + "'");
    }
  }

  /** Whether a text is a folder's path. */
  static boolean isPath(String text) {
    return PATH.matcher(text).matches();
  }

  /** Whether a text may be a segment, of folders or of names. */
  public static boolean isSegment(String text) {
    return ONE.matcher(text).matches();
  }

  /** How many segments this folder has. */
  public int depth() {
    return isRoot() ? 0 : 1 + (int) path.chars().filter(c -> c == '/').count();
  }

  /** The folder of this name in this folder. */
  public ObjectFolder folder(String segment) {
    return new ObjectFolder(isRoot() ? segment : path + "/" + segment);
  }

  /** The object of this name in this folder. */
  public ObjectName object(String id) {
    return new ObjectName(this, id);
  }

  /** Whether this is {@link #ROOT}. */
  public boolean isRoot() {
    return path.isEmpty();
  }

  /** The folder that this one stands in; none for the root. */
  public Optional<ObjectFolder> parent() {
    return isRoot()
        ? Optional.empty()
        : Optional.of(new ObjectFolder(path.substring(0, Math.max(0, path.lastIndexOf('/')))));
  }

  /** Whether the object stands in this folder or in one below it. */
  public boolean contains(ObjectName name) {
    String other = name.folder().path();
    return isRoot() || other.equals(path) || other.startsWith(path + "/");
  }

  @Override
  public String toString() {
    return path;
  }
}
