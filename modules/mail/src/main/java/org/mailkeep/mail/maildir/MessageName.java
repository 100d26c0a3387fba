package org.mailkeep.mail.maildir;

import java.util.OptionalLong;
import org.mailkeep.model.FileName;

/**
 * The name of a message file: the <i>base name</i>, which stays for the message's life, then
 * perhaps ":2," and flags, which change.
 *
 * <p>The base name ends before the first colon (maildir(5): the unique part has none). Where a
 * colon is no character of a file name, Courier writes "!2," (its build for Cygwin) and some mail
 * programs on Windows ";2,"; as '!' and ';' may stand in a base name, these count only with the
 * "2,".
 */
public final class MessageName {

  private static final int NO_FLAGS = -1;

  private final FileName name;
  private final int baseLength;

  private MessageName(FileName name) {
    this.name = name;
    this.baseLength = baseLength(name);
  }

  /** Takes the name apart; every name has a base name. */
  public static MessageName of(FileName name) {
    return new MessageName(name);
  }

  /** The length of the base name in bytes, without making an object. */
  public static int baseLength(FileName name) {
    int length = name.length();
    for (int i = 0; i < length; i++) {
      int b = name.at(i);
      if (b == ':' || ((b == '!' || b == ';') && isInfo(name, i))) {
        return i;
      }
    }
    return length;
  }

  /** A 64-bit hash of the base name alone (FNV-1a, then mixed), for tables of millions of names. */
  public static long baseHash(FileName name) {
    long hash = 0xcbf29ce484222325L;
    int length = baseLength(name);
    for (int i = 0; i < length; i++) {
      hash = (hash ^ name.at(i)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 32)) * 0x9e3779b97f4a7c15L;
    return hash ^ (hash >>> 29);
  }

  /** Whether two names have the same base name: the same message with other flags. */
  public static boolean sameBase(FileName a, FileName b) {
    int length = baseLength(a);
    if (length != baseLength(b)) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (a.at(i) != b.at(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether this can be a message: Maildir readers skip names that begin with a dot. */
  public static boolean isMessage(FileName name) {
    return name.length() > 0 && name.at(0) != '.';
  }

  private static boolean isInfo(FileName name, int separator) {
    return separator + 2 < name.length()
        && name.at(separator + 1) == '2'
        && name.at(separator + 2) == ',';
  }

  /** The whole name. */
  public FileName name() {
    return name;
  }

  /** The part that never changes. */
  public FileName baseName() {
    return baseLength == name.length() ? name : FileName.of(name.bytes(), 0, baseLength);
  }

  /** The base name with these flags, in the order and with the separator of the name given. */
  public FileName withFlags(String flags) {
    char separator = flagsStart() == NO_FLAGS ? ':' : (char) name.at(baseLength);
    String sorted =
        flags
            .chars()
            .distinct()
            .sorted()
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return FileName.of(baseName().text() + separator + "2," + sorted);
  }

  /** Whether the name has flags, even none: files in {@code new} do not. */
  public boolean hasInfo() {
    return flagsStart() != NO_FLAGS;
  }

  /** Whether a flag is set: one of D F P R S T, or a to z for Dovecot's keywords. */
  public boolean has(char flag) {
    int start = flagsStart();
    if (start == NO_FLAGS) {
      return false;
    }
    for (int i = start; i < name.length() && name.at(i) != ','; i++) {
      if (name.at(i) == flag) {
        return true;
      }
    }
    return false;
  }

  /** The flags as they stand in the name; what follows a second comma is not among them. */
  public String flags() {
    int start = flagsStart();
    if (start == NO_FLAGS) {
      return "";
    }
    StringBuilder flags = new StringBuilder();
    for (int i = start; i < name.length() && name.at(i) != ','; i++) {
      flags.append((char) name.at(i));
    }
    return flags.toString();
  }

  /** The size of the file in bytes that the name gives with ",S=". */
  public OptionalLong size() {
    return number('S');
  }

  /** The size with CRLF line ends that Dovecot gives with ",W=". */
  public OptionalLong wireSize() {
    return number('W');
  }

  private int flagsStart() {
    return baseLength < name.length() && isInfo(name, baseLength) ? baseLength + 3 : NO_FLAGS;
  }

  private OptionalLong number(char key) {
    for (int i = 0; i + 3 < baseLength; i++) {
      if (name.at(i) == ',' && name.at(i + 1) == key && name.at(i + 2) == '=') {
        return digits(i + 3);
      }
    }
    return OptionalLong.empty();
  }

  private OptionalLong digits(int from) {
    long value = 0;
    int i = from;
    // 18 digits always fit.
    for (; i < baseLength && i < from + 18 && name.at(i) >= '0' && name.at(i) <= '9'; i++) {
      value = value * 10 + name.at(i) - '0';
    }
    boolean ends = i == baseLength || name.at(i) == ',';
    return i > from && ends ? OptionalLong.of(value) : OptionalLong.empty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MessageName that && name.equals(that.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name.toString();
  }
}
