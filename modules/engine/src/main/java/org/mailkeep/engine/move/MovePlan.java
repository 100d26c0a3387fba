package org.mailkeep.engine.move;

import java.util.Collection;
import java.util.List;
import org.mailkeep.model.account.OwnerMapping;

/**
 * What a move will do.
 *
 * @param domains the domains, in the order in which they were asked for
 * @param assign the lines for users/assign
 * @param virtualDomains the lines for control/virtualdomains
 * @param locals the names that must leave control/locals
 * @param hosts the names for control/rcpthosts or morercpthosts
 * @param changes what this comes to, as the files are now
 * @param mapping which owners become which
 * @param followUps what must be done then
 * @param notes what the user should know, a sentence each
 */
public record MovePlan(
    List<MovingDomain> domains,
    List<String> assign,
    List<String> virtualDomains,
    Collection<String> locals,
    List<String> hosts,
    List<FileChange> changes,
    OwnerMapping mapping,
    List<FollowUp> followUps,
    List<String> notes) {

  /** Copies the lists. */
  public MovePlan {
    domains = List.copyOf(domains);
    assign = List.copyOf(assign);
    virtualDomains = List.copyOf(virtualDomains);
    locals = List.copyOf(locals);
    hosts = List.copyOf(hosts);
    changes = List.copyOf(changes);
    followUps = List.copyOf(followUps);
    notes = List.copyOf(notes);
  }
}
