package org.mailkeep.model.account;

import java.util.List;

/**
 * A group as group(5) has it, but for the password.
 *
 * @param name its name
 * @param gid its number, unsigned 32 bits
 * @param members users that belong to it beside those whose own group it is
 */
public record GroupAccount(String name, int gid, List<String> members) {
  /** Copies the list. */
  public GroupAccount {
    members = List.copyOf(members);
  }
}
