package org.mailkeep.engine.queue;

import java.util.EnumMap;
import java.util.Map;
import org.mailkeep.mail.queue.QueueUser;
import org.mailkeep.model.account.AccountDatabase;
import org.mailkeep.model.account.GroupAccount;
import org.mailkeep.model.account.UserAccount;
import org.mailkeep.model.error.NotFoundException;

/**
 * The numbers of a queue's users on this host.
 *
 * @param users one for each
 * @param group of everything in a queue
 */
record QueueOwners(Map<QueueUser, Integer> users, int group) {

  private static final String ADVICE =
      "Make qmail's users first, with the numbers that qmail was built for; 'mailkeep accounts"
          + " script SNAPSHOT' prints how.";

  /** Copies the map. */
  QueueOwners {
    users = Map.copyOf(users);
  }

  /**
   * Looks them up by name.
   *
   * @throws NotFoundException where the host lacks one
   */
  static QueueOwners of(AccountDatabase host) {
    Map<QueueUser, Integer> users = new EnumMap<>(QueueUser.class);
    for (QueueUser user : QueueUser.values()) {
      users.put(
          user,
          host.user(user.account())
              .map(UserAccount::uid)
              .orElseThrow(
                  () -> new NotFoundException("There is no user " + user.account(), ADVICE)));
    }
    int group =
        host.group(QueueUser.GROUP)
            .map(GroupAccount::gid)
            .orElseThrow(() -> new NotFoundException("There is no group qmail", ADVICE));
    return new QueueOwners(users, group);
  }

  int uid(QueueUser user) {
    return users.getOrDefault(user, -1);
  }
}
