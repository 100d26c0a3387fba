package org.mailkeep.mail.qmail;

import java.util.Locale;
import java.util.Optional;

/**
 * A domain in {@code users/assign}, as vpopmail writes it: {@code
 * +alias.example-:example.com:89:89:/home/vpopmail/domains/example.com:-::}. An alias has the name
 * and the directory of the domain that it stands for.
 *
 * @param line the whole line
 * @param name the domain that mail is addressed to, in lower case
 * @param realName the domain whose accounts these are, in lower case
 * @param uid the owner, as it stands there
 * @param gid the group, as it stands there
 * @param directory where the mailboxes are, as lossless text
 */
public record AssignedDomain(
    String line, String name, String realName, String uid, String gid, String directory) {

  private static final int FIELDS = 8;

  /** The domain of a line; empty where it is about something else. */
  static Optional<AssignedDomain> of(String line) {
    String[] fields = line.split(":", -1);
    boolean domain =
        fields.length >= FIELDS
            && fields[0].startsWith("+")
            && fields[0].endsWith("-")
            && fields[0].indexOf('.') > 1
            && fields[4].startsWith("/");
    return domain
        ? Optional.of(
            new AssignedDomain(
                line,
                fields[0].substring(1, fields[0].length() - 1).toLowerCase(Locale.ROOT),
                fields[1].toLowerCase(Locale.ROOT),
                fields[2],
                fields[3],
                fields[4]))
        : Optional.empty();
  }

  /** Whether this is another name of a domain. */
  public boolean isAlias() {
    return !name.equals(realName);
  }
}
