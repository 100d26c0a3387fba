package org.mailkeep.mail.mailbox;

import java.util.Locale;
import java.util.Optional;

/**
 * Who a mailbox belongs to.
 *
 * @param user the part in front of the last '@', in lower case as vpopmail has it
 * @param domain what is behind it, in lower case
 */
public record MailAddress(String user, String domain) {

  /** Makes both lower case. */
  public MailAddress {
    user = user.toLowerCase(Locale.ROOT);
    domain = domain.toLowerCase(Locale.ROOT);
  }

  /** The address that this text is, if it is one. */
  public static Optional<MailAddress> parse(String text) {
    int at = text.lastIndexOf('@');
    boolean address = at > 0 && at < text.length() - 1 && text.indexOf('/') < 0;
    return address
        ? Optional.of(new MailAddress(text.substring(0, at), text.substring(at + 1)))
        : Optional.empty();
  }

  /** As people write it. */
  @Override
  public String toString() {
    return user + "@" + domain;
  }
}
