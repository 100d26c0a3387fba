package org.mailkeep.mail.qmail;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A list in qmail's {@code control}: rcpthosts, morercpthosts, locals, virtualdomains. As
 * qmail-control(5) has it, blanks at the end of a line mean nothing, a line that begins with {@code
 * #} is a remark, and upper case is as lower case.
 */
public final class ControlFile {

  /** A list without entries. */
  public static final ControlFile EMPTY = of(new byte[0]);

  private final TextLines text;

  private ControlFile(TextLines text) {
    this.text = text;
  }

  /** The list that a file holds. */
  public static ControlFile of(byte[] bytes) {
    return new ControlFile(TextLines.of(bytes));
  }

  /** The file; as it was where nothing was added or removed. */
  public byte[] bytes() {
    return text.bytes();
  }

  /** How many lines it has, remarks too. */
  public int lines() {
    return text.count();
  }

  /** What the list has, without blanks and remarks. */
  public List<String> entries() {
    return text.lines().stream()
        .filter(line -> !line.startsWith("#"))
        .map(String::stripTrailing)
        .filter(line -> !line.isEmpty())
        .toList();
  }

  /** The entries whose {@link #key} is this one. */
  public List<String> entriesOf(String key) {
    String wanted = lower(key);
    return entries().stream().filter(entry -> key(entry).equals(wanted)).toList();
  }

  /** Whether some entry has this key. */
  public boolean has(String key) {
    return !entriesOf(key).isEmpty();
  }

  /** What an entry is found by: all before the first colon, in lower case. */
  public static String key(String entry) {
    int colon = entry.indexOf(':');
    return lower((colon < 0 ? entry : entry.substring(0, colon)).stripTrailing());
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** The list with these entries too; those whose key is there already are not added. */
  public ControlFile with(Collection<String> added) {
    ControlFile longer = this;
    for (String entry : added) {
      if (!longer.has(key(entry))) {
        longer =
            new ControlFile(
                longer.text.with(entry, longer.lines(), ControlFile::key, DomainOrder.BY_NAME));
      }
    }
    return longer;
  }

  /** The list without the entries of these keys. */
  public ControlFile without(Collection<String> keys) {
    Set<String> gone = keys.stream().map(ControlFile::lower).collect(Collectors.toSet());
    return new ControlFile(text.without(line -> !line.startsWith("#") && gone.contains(key(line))));
  }
}
