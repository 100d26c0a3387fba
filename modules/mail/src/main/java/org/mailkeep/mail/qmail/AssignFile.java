package org.mailkeep.mail.qmail;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * qmail's {@code users/assign}, qmail-users(5): lines that say whose address is whose, and at the
 * end one that begins with a dot, without which qmail-newu(8) refuses it.
 */
public final class AssignFile {

  private static final String END = ".";

  /** One that assigns nothing. */
  public static final AssignFile EMPTY = of(new byte[0]);

  private final TextLines text;

  private AssignFile(TextLines text) {
    this.text = text;
  }

  /** The file of these bytes. */
  public static AssignFile of(byte[] bytes) {
    return new AssignFile(TextLines.of(bytes));
  }

  /** The file; as it was where nothing was added. */
  public byte[] bytes() {
    return text.bytes();
  }

  /** How many lines count: those in front of the end. */
  private int count() {
    int count = 0;
    while (count < text.count() && !text.lines().get(count).startsWith(END)) {
      count++;
    }
    return count;
  }

  /** All domains, aliases too. */
  public List<AssignedDomain> domains() {
    return text.lines().subList(0, count()).stream()
        .map(AssignedDomain::of)
        .flatMap(Optional::stream)
        .toList();
  }

  /** The domain of this name. */
  public Optional<AssignedDomain> domain(String name) {
    return domains().stream().filter(domain -> domain.name().equals(name)).findFirst();
  }

  /** A domain and its aliases: all that have its name or its directory. Itself first. */
  public List<AssignedDomain> family(AssignedDomain domain) {
    Map<String, AssignedDomain> family = new LinkedHashMap<>(Map.of(domain.name(), domain));
    domains().stream()
        .filter(
            other ->
                other.realName().equals(domain.realName())
                    || other.directory().equals(domain.directory()))
        .forEach(other -> family.putIfAbsent(other.name(), other));
    return List.copyOf(family.values());
  }

  /** The file with these lines too; those whose address is assigned already are not added. */
  public AssignFile with(Collection<String> added) {
    AssignFile longer = this;
    for (String line : added) {
      if (!longer.assigns(address(line))) {
        AssignFile ended = longer.ended();
        longer =
            new AssignFile(
                ended.text.with(line, ended.count(), AssignFile::name, DomainOrder.BY_NAME));
      }
    }
    return longer;
  }

  private AssignFile ended() {
    return count() < text.count() ? this : new AssignFile(text.with(END));
  }

  private boolean assigns(String address) {
    return text.lines().subList(0, count()).stream()
        .map(AssignFile::address)
        .anyMatch(address::equals);
  }

  /** The first field, sign and all. */
  private static String address(String line) {
    int colon = line.indexOf(':');
    return colon < 0 ? line : line.substring(0, colon);
  }

  /** What vpopmail orders lines by: the first field without its first and last character. */
  private static String name(String line) {
    String address = address(line);
    return address.length() < 2 ? "" : address.substring(1, address.length() - 1);
  }
}
