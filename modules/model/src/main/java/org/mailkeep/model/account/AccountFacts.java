package org.mailkeep.model.account;

import java.util.List;

/**
 * What a snapshot keeps of the accounts of its host, so that they can be made again elsewhere.
 *
 * @param users the users, no name twice
 * @param groups the groups, no name twice
 */
public record AccountFacts(List<UserAccount> users, List<GroupAccount> groups) {

  /** Nothing is known, as in snapshots of earlier versions. */
  public static final AccountFacts NONE = new AccountFacts(List.of(), List.of());

  /** Copies the lists. */
  public AccountFacts {
    users = List.copyOf(users);
    groups = List.copyOf(groups);
  }
}
