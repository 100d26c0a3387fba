package org.mailkeep.mail.mailbox;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;

/** What the path of a Maildir says about whose it is. */
public final class MailboxPath {

  /** Names that a user's Maildir has in the user's folder, the usual one first. */
  public static final List<FileName> MAILDIR_NAMES =
      List.of(FileName.of("Maildir"), FileName.of(".maildir"), FileName.of("mail"));

  /** As many levels of one-character folders as vpopmail makes (vauth.h, MAX_DIR_LEVELS). */
  public static final int MOST_HASH_LEVELS = 3;

  private static final FileName DOMAINS = FileName.of("domains");

  /** Two labels at least, the last of them no number. */
  private static final Pattern DOMAIN =
      Pattern.compile("([a-zA-Z0-9_-]+\\.)+[a-zA-Z][a-zA-Z0-9-]+");

  private MailboxPath() {}

  /** Whether a folder may be one of vpopmail's for many domains or users. */
  public static boolean isHash(FileName name) {
    return name.length() == 1
        && ((name.at(0) >= '0' && name.at(0) <= '9')
            || (name.at(0) >= 'A' && name.at(0) <= 'Z')
            || (name.at(0) >= 'a' && name.at(0) <= 'z'));
  }

  /**
   * Whose a Maildir is by its path: {@code domains/DOMAIN/USER/Maildir} at any depth, or {@code
   * DOMAIN/USER} with or without a Maildir in it, where the domain has a dot; folders of one
   * character may stand in between. Empty where the path does not tell.
   */
  public static Optional<MailAddress> address(RawPath maildir) {
    List<FileName> names = maildir.names();
    int user = names.size() - 1;
    if (user > 0 && MAILDIR_NAMES.contains(names.get(user))) {
      user--;
    }
    int domain = aboveHashes(names, user - 1);
    if (domain < 0) {
      return Optional.empty();
    }
    int domains = aboveHashes(names, domain - 1);
    boolean vpopmail = domains >= 0 && names.get(domains).equals(DOMAINS);
    String name = names.get(domain).text();
    return vpopmail || DOMAIN.matcher(name).matches()
        ? Optional.of(new MailAddress(names.get(user).text(), name))
        : Optional.empty();
  }

  /** The place of the first name from here upward that is no folder of one character, or -1. */
  private static int aboveHashes(List<FileName> names, int from) {
    int at = from;
    while (at >= 0 && from - at < MOST_HASH_LEVELS && isHash(names.get(at))) {
      at--;
    }
    return at;
  }
}
