package org.mailkeep.engine.account;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.mailkeep.model.account.AccountDatabase;
import org.mailkeep.model.account.GroupAccount;
import org.mailkeep.model.account.UserAccount;
import org.mailkeep.model.snapshot.Manifest;

/** Compares the users and groups of a snapshot with those of a host. */
public final class AccountComparison {

  private final Manifest manifest;
  private final AccountDatabase host;
  private final Map<String, UserAccount> users = new HashMap<>();

  /** Of these two. */
  public AccountComparison(Manifest manifest, AccountDatabase host) {
    this.manifest = manifest;
    this.host = host;
    manifest.accounts().users().forEach(user -> users.putIfAbsent(user.name(), user));
  }

  private record Account(int number, String name) {}

  /** All that the snapshot knows, owners and others: users by number, then groups. */
  public List<AccountFinding> all() {
    Set<Account> allUsers = owners(manifest.users(), manifest.users().keySet());
    manifest.accounts().users().forEach(user -> allUsers.add(new Account(user.uid(), user.name())));
    Set<Account> allGroups = owners(manifest.groups(), manifest.groups().keySet());
    manifest.accounts().groups().forEach(g -> allGroups.add(new Account(g.gid(), g.name())));
    return compare(allUsers, allGroups);
  }

  /**
   * These owners alone, by the names that the snapshot has for them.
   *
   * @param uids user numbers
   * @param gids group numbers
   */
  public List<AccountFinding> of(Collection<Integer> uids, Collection<Integer> gids) {
    return compare(owners(manifest.users(), uids), owners(manifest.groups(), gids));
  }

  private static Set<Account> owners(Map<Integer, String> names, Collection<Integer> numbers) {
    Set<Account> owners = new LinkedHashSet<>();
    numbers.forEach(number -> owners.add(new Account(number, names.getOrDefault(number, ""))));
    return owners;
  }

  private List<AccountFinding> compare(Set<Account> allUsers, Set<Account> allGroups) {
    List<AccountFinding> findings = new ArrayList<>();
    sorted(allUsers).forEach(user -> findings.add(user(user)));
    sorted(allGroups).forEach(group -> findings.add(group(group)));
    return findings;
  }

  private static List<Account> sorted(Set<Account> accounts) {
    return accounts.stream()
        .sorted(
            Comparator.comparingLong((Account account) -> Integer.toUnsignedLong(account.number()))
                .thenComparing(Account::name))
        .toList();
  }

  private AccountFinding user(Account account) {
    Optional<UserAccount> here =
        account.name().isEmpty() ? Optional.empty() : host.user(account.name());
    return new AccountFinding(
        AccountFinding.Kind.USER,
        account.name(),
        account.number(),
        here.map(user -> OptionalInt.of(user.uid())).orElse(OptionalInt.empty()),
        host.user(account.number()).map(UserAccount::name),
        here.map(this::remarks).orElse(List.of()));
  }

  private AccountFinding group(Account account) {
    Optional<GroupAccount> here =
        account.name().isEmpty() ? Optional.empty() : host.group(account.name());
    return new AccountFinding(
        AccountFinding.Kind.GROUP,
        account.name(),
        account.number(),
        here.map(group -> OptionalInt.of(group.gid())).orElse(OptionalInt.empty()),
        host.group(account.number()).map(GroupAccount::name),
        List.of());
  }

  private List<String> remarks(UserAccount here) {
    UserAccount there = users.getOrDefault(here.name(), here);
    List<String> remarks = new ArrayList<>();
    if (here.gid() != there.gid()) {
      remarks.add(
          "its own group is "
              + Integer.toUnsignedString(here.gid())
              + " here and was "
              + Integer.toUnsignedString(there.gid()));
    }
    if (!here.home().equals(there.home())) {
      remarks.add("its home is " + here.home() + " here and was " + there.home());
    }
    return remarks;
  }
}
