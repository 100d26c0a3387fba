package org.mailkeep.mail.qmail;

import java.util.Collection;
import java.util.List;

/**
 * The domains that qmail-smtpd takes mail for: control/rcpthosts, and control/morercpthosts, which
 * it reads compiled. vpopmail fills the second when the first has {@value #MOST} lines
 * (count_rcpthosts() of vpopmail.c), as qmail-smtpd(8) advises.
 *
 * @param rcpthosts the first
 * @param more the second
 */
public record RcptHosts(ControlFile rcpthosts, ControlFile more) {

  /** The lines of rcpthosts from which on new domains go to morercpthosts. */
  static final int MOST = 50;

  /** Whether mail for this domain is taken by an entry of its own. */
  public boolean has(String domain) {
    return rcpthosts.has(domain) || more.has(domain);
  }

  /** Both with these domains too; those that one of them has are not added. */
  public RcptHosts with(Collection<String> domains) {
    RcptHosts longer = this;
    for (String domain : domains) {
      if (!longer.has(domain)) {
        longer = longer.with(domain);
      }
    }
    return longer;
  }

  private RcptHosts with(String domain) {
    return rcpthosts.lines() < MOST
        ? new RcptHosts(rcpthosts.with(List.of(domain)), more)
        : new RcptHosts(rcpthosts, more.with(List.of(domain)));
  }
}
