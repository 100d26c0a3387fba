package org.mailkeep.engine.account;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.mailkeep.mail.account.MailAccounts;
import org.mailkeep.model.account.AccountDatabase;
import org.mailkeep.model.account.AccountFacts;
import org.mailkeep.model.account.GroupAccount;
import org.mailkeep.model.account.UserAccount;
import org.mailkeep.model.error.SystemCallException;

/**
 * Collects the accounts that a restore on another host will need. A name service that is down makes
 * the record smaller; it must not stop a backup.
 */
public final class AccountRecorder {

  /** The most users, and the most groups, that a manifest takes along. */
  static final int MOST = 4096;

  private final Map<String, UserAccount> users = new LinkedHashMap<>();
  private final Map<String, GroupAccount> groups = new LinkedHashMap<>();

  private AccountRecorder() {}

  /**
   * The accounts of mail servers, those of these owners, and the groups of all these users.
   *
   * @param uids the user numbers that own something
   * @param gids the group numbers
   */
  public static AccountFacts record(
      AccountDatabase host, Collection<Integer> uids, Collection<Integer> gids) {
    AccountRecorder recorder = new AccountRecorder();
    MailAccounts.USERS.forEach(name -> recorder.addUser(() -> host.user(name)));
    MailAccounts.GROUPS.forEach(name -> recorder.addGroup(() -> host.group(name)));
    uids.forEach(uid -> recorder.addUser(() -> host.user(uid)));
    recorder.users.values().forEach(user -> recorder.addGroup(() -> host.group(user.gid())));
    gids.forEach(gid -> recorder.addGroup(() -> host.group(gid)));
    return recorder.facts();
  }

  private void addUser(Supplier<Optional<UserAccount>> find) {
    if (users.size() < MOST) {
      ask(find).ifPresent(user -> users.putIfAbsent(user.name(), user));
    }
  }

  private void addGroup(Supplier<Optional<GroupAccount>> find) {
    if (groups.size() < MOST) {
      ask(find).ifPresent(group -> groups.putIfAbsent(group.name(), group));
    }
  }

  private static <T> Optional<T> ask(Supplier<Optional<T>> find) {
    try {
      return find.get();
    } catch (SystemCallException e) {
      return Optional.empty();
    }
  }

  /** Of a group's members only recorded users are kept: others mean nothing to the tree. */
  private AccountFacts facts() {
    return new AccountFacts(
        users.values().stream().toList(),
        groups.values().stream()
            .map(
                group ->
                    new GroupAccount(
                        group.name(),
                        group.gid(),
                        group.members().stream().filter(users::containsKey).toList()))
            .toList());
  }
}
