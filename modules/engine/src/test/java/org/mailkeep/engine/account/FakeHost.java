package org.mailkeep.engine.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailkeep.model.account.AccountDatabase;
import org.mailkeep.model.account.AccountFacts;
import org.mailkeep.model.account.GroupAccount;
import org.mailkeep.model.account.UserAccount;
import org.mailkeep.model.error.SystemCallException;

/** A host that has the accounts that it is told to have. */
public final class FakeHost implements AccountDatabase {

  private final List<UserAccount> users = new ArrayList<>();
  private final List<GroupAccount> groups = new ArrayList<>();
  private boolean down;

  /** Root alone. */
  public FakeHost() {
    user("root", 0, 0, "/root", "/bin/sh").group("root", 0);
  }

  public FakeHost user(String name, int uid, int gid, String home, String shell) {
    users.add(new UserAccount(name, uid, gid, "", home, shell));
    return this;
  }

  public FakeHost user(String name, int uid) {
    return user(name, uid, uid, "/home/" + name, "/bin/true");
  }

  public FakeHost group(String name, int gid, String... members) {
    groups.add(new GroupAccount(name, gid, List.of(members)));
    return this;
  }

  /** The name service does not answer. */
  public FakeHost down() {
    down = true;
    return this;
  }

  /** All that it has. */
  public AccountFacts facts() {
    return new AccountFacts(users, groups);
  }

  @Override
  public Optional<UserAccount> user(int uid) {
    requireUp();
    return users.stream().filter(user -> user.uid() == uid).findFirst();
  }

  @Override
  public Optional<UserAccount> user(String name) {
    requireUp();
    return users.stream().filter(user -> user.name().equals(name)).findFirst();
  }

  @Override
  public Optional<GroupAccount> group(int gid) {
    requireUp();
    return groups.stream().filter(group -> group.gid() == gid).findFirst();
  }

  @Override
  public Optional<GroupAccount> group(String name) {
    requireUp();
    return groups.stream().filter(group -> group.name().equals(name)).findFirst();
  }

  private void requireUp() {
    if (down) {
      throw new SystemCallException("getpwnam_r", "x", 5, "input/output error");
    }
  }
}
