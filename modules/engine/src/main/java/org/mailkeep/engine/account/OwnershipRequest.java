package org.mailkeep.engine.account;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mailkeep.model.account.AccountDatabase;
import org.mailkeep.model.account.GroupAccount;
import org.mailkeep.model.account.HomeMove;
import org.mailkeep.model.account.OwnerMapping;
import org.mailkeep.model.account.UserAccount;
import org.mailkeep.model.snapshot.Manifest;

/**
 * What the user said about the owners of restored files.
 *
 * @param byName whether a name's files go to the number that this host has for the name
 * @param numeric whether numbers stay what they are whatever this host calls them
 * @param users user numbers that become others; they count before names
 * @param groups group numbers that become others
 * @param homes directories that are elsewhere now, for users/assign and vpasswd
 */
public record OwnershipRequest(
    boolean byName,
    boolean numeric,
    Map<Integer, Integer> users,
    Map<Integer, Integer> groups,
    List<HomeMove> homes) {

  /** Nothing was said: numbers stay, and it is an error where they mean somebody else here. */
  public static final OwnershipRequest EXACT =
      new OwnershipRequest(false, false, Map.of(), Map.of(), List.of());

  /** Copies the collections. */
  public OwnershipRequest {
    users = Map.copyOf(users);
    groups = Map.copyOf(groups);
    homes = List.copyOf(homes);
  }

  /** The mapping that this comes to for a snapshot on a host. */
  public OwnerMapping mapping(Manifest manifest, AccountDatabase host) {
    Map<Integer, Integer> mappedUsers = new HashMap<>(users);
    Map<Integer, Integer> mappedGroups = new HashMap<>(groups);
    if (byName) {
      named(manifest.users())
          .forEach(
              (uid, name) ->
                  host.user(name).ifPresent(user -> mappedUsers.putIfAbsent(uid, user.uid())));
      named(manifest.groups())
          .forEach(
              (gid, name) ->
                  host.group(name).ifPresent(group -> mappedGroups.putIfAbsent(gid, group.gid())));
      // Numbers that own nothing may still stand in users/assign.
      for (UserAccount there : manifest.accounts().users()) {
        host.user(there.name()).ifPresent(here -> mappedUsers.putIfAbsent(there.uid(), here.uid()));
      }
      for (GroupAccount there : manifest.accounts().groups()) {
        host.group(there.name())
            .ifPresent(here -> mappedGroups.putIfAbsent(there.gid(), here.gid()));
      }
    }
    mappedUsers.entrySet().removeIf(entry -> entry.getKey().equals(entry.getValue()));
    mappedGroups.entrySet().removeIf(entry -> entry.getKey().equals(entry.getValue()));
    return new OwnerMapping(mappedUsers, mappedGroups, homes);
  }

  private static Map<Integer, String> named(Map<Integer, String> names) {
    Map<Integer, String> named = new HashMap<>(names);
    named.values().removeIf(String::isEmpty);
    return named;
  }
}
