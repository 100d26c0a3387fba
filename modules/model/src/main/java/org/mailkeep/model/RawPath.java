package org.mailkeep.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A path as Linux has it: bytes. Absolute when it begins with a slash. Repeated and trailing
 * slashes and "." are dropped when it is made; ".." is kept, for the file system alone knows what
 * it means.
 */
public final class RawPath implements Comparable<RawPath> {

  /** The root directory. */
  public static final RawPath ROOT = new RawPath(new byte[] {'/'});

  private final byte[] bytes;

  private RawPath(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The path of these bytes. */
  public static RawPath of(byte[] bytes) {
    byte[] out = new byte[Math.max(1, bytes.length)];
    int length = 0;
    boolean absolute = bytes.length > 0 && bytes[0] == '/';
    for (int start = 0; start < bytes.length; ) {
      int end = start;
      while (end < bytes.length && bytes[end] != '/') {
        end++;
      }
      boolean dot = end == start + 1 && bytes[start] == '.';
      if (end > start && !dot) {
        if (absolute || length > 0) {
          out[length++] = '/';
        }
        System.arraycopy(bytes, start, out, length, end - start);
        length += end - start;
      }
      start = end + 1;
    }
    if (length == 0) {
      return absolute ? ROOT : new RawPath(new byte[] {'.'});
    }
    return new RawPath(Arrays.copyOf(out, length));
  }

  /** The path of this lossless text ({@link RawText}). */
  public static RawPath of(String text) {
    return of(RawText.encode(text));
  }

  /** Whether the path begins at the root. */
  public boolean isAbsolute() {
    return bytes[0] == '/';
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** This path with one more name below it. */
  public RawPath resolve(FileName name) {
    if (bytes.length == 1 && bytes[0] == '.') {
      return of(name.bytes());
    }
    int slash = bytes.length == 1 && bytes[0] == '/' ? 0 : 1;
    byte[] joined = Arrays.copyOf(bytes, bytes.length + slash + name.length());
    if (slash == 1) {
      joined[bytes.length] = '/';
    }
    name.copyTo(joined, bytes.length + slash);
    return new RawPath(joined);
  }

  /** This path with all names of {@code below} after it; an absolute {@code below} too. */
  public RawPath resolve(RawPath below) {
    RawPath joined = this;
    for (FileName name : below.names()) {
      joined = joined.resolve(name);
    }
    return joined;
  }

  /** The names from the first to the last; none for the root and for ".". */
  public List<FileName> names() {
    List<FileName> names = new ArrayList<>();
    int start = isAbsolute() ? 1 : 0;
    for (int i = start; i <= bytes.length; i++) {
      if (i == bytes.length || bytes[i] == '/') {
        if (i > start && !(i == start + 1 && bytes[start] == '.')) {
          names.add(FileName.of(bytes, start, i));
        }
        start = i + 1;
      }
    }
    return names;
  }

  /** The path of the directory that this one's last name stands in; the root is its own. */
  public RawPath parent() {
    int slash = bytes.length - 1;
    while (slash > 0 && bytes[slash] != '/') {
      slash--;
    }
    if (slash > 0) {
      return new RawPath(Arrays.copyOf(bytes, slash));
    }
    return isAbsolute() ? ROOT : of(".");
  }

  /** Whether this path is {@code ancestor} or stands below it. */
  public boolean startsWith(RawPath ancestor) {
    int length = ancestor.bytes.length;
    if (length == 1 && (ancestor.bytes[0] == '/' || ancestor.bytes[0] == '.')) {
      return isAbsolute() == ancestor.isAbsolute();
    }
    return bytes.length >= length
        && Arrays.equals(bytes, 0, length, ancestor.bytes, 0, length)
        && (bytes.length == length || bytes[length] == '/');
  }

  /** The path as lossless text; {@link #of(String)} reads it back. */
  public String text() {
    return RawText.decode(bytes);
  }

  @Override
  public int compareTo(RawPath other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RawPath that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The path for a person: control characters and invalid bytes escaped. */
  @Override
  public String toString() {
    return RawText.display(text());
  }
}
