package org.mailkeep.engine.restore;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import org.mailkeep.model.account.AccountDatabase;
import org.mailkeep.model.account.GroupAccount;
import org.mailkeep.model.account.OwnerMapping;
import org.mailkeep.model.account.UserAccount;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.model.snapshot.Manifest;

/** Counts who owns what is restored, by the snapshot's numbers. */
final class OwnerCounts {

  private final Map<Integer, Long> users = new TreeMap<>(Integer::compareUnsigned);
  private final Map<Integer, Long> groups = new TreeMap<>(Integer::compareUnsigned);

  void add(int uid, int gid) {
    users.merge(uid, 1L, Long::sum);
    groups.merge(gid, 1L, Long::sum);
  }

  List<Plan.Owner> users(OwnerMapping mapping, Manifest manifest, AccountDatabase host) {
    IntFunction<Optional<String>> name = uid -> host.user(uid).map(UserAccount::name);
    return owners(users, mapping::uid, manifest.users(), name);
  }

  List<Plan.Owner> groups(OwnerMapping mapping, Manifest manifest, AccountDatabase host) {
    IntFunction<Optional<String>> name = gid -> host.group(gid).map(GroupAccount::name);
    return owners(groups, mapping::gid, manifest.groups(), name);
  }

  private static List<Plan.Owner> owners(
      Map<Integer, Long> counts,
      IntUnaryOperator map,
      Map<Integer, String> there,
      IntFunction<Optional<String>> here) {
    return counts.entrySet().stream()
        .map(
            entry -> {
              int before = entry.getKey();
              int now = map.applyAsInt(before);
              String nameThere = there.getOrDefault(before, "");
              return new Plan.Owner(now, name(here, now), before, nameThere, entry.getValue());
            })
        .toList();
  }

  /** Names are for reading only: a name service that is down is told elsewhere. */
  private static String name(IntFunction<Optional<String>> here, int number) {
    try {
      return here.apply(number).orElse("");
    } catch (SystemCallException e) {
      return "";
    }
  }
}
