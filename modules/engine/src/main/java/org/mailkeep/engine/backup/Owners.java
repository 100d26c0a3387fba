package org.mailkeep.engine.backup;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.mailkeep.engine.account.AccountRecorder;
import org.mailkeep.model.account.AccountFacts;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.Table;
import org.mailkeep.unix.Accounts;

/**
 * The names of all owners in a snapshot. Directories that were not listed have owners too, so what
 * earlier runs saw is kept in the host state and counted in.
 */
final class Owners {

  private static final byte[] USERS = {'o', 'u'};
  private static final byte[] GROUPS = {'o', 'g'};

  private final StateDatabase state;
  private final ScanLog log;
  private final Accounts accounts = new Accounts();

  Owners(StateDatabase state, ScanLog log) {
    this.state = state;
    this.log = log;
  }

  Map<Integer, String> users() {
    return names(USERS, log.users(), accounts::userName);
  }

  Map<Integer, String> groups() {
    return names(GROUPS, log.groups(), accounts::groupName);
  }

  /** What the host knows of these owners, and of the accounts of mail servers. */
  AccountFacts facts(Map<Integer, String> users, Map<Integer, String> groups) {
    return AccountRecorder.record(accounts, users.keySet(), groups.keySet());
  }

  private Map<Integer, String> names(
      byte[] prefix, Set<Integer> seen, IntFunction<Optional<String>> name) {
    for (int id : seen) {
      byte[] key = new ByteWriter(6).raw(prefix).u32(id).toByteArray();
      if (state.get(Table.FACTS, key) == null) {
        state.put(Table.FACTS, key, new byte[0]);
      }
    }
    Map<Integer, String> names = new TreeMap<>();
    state.scan(
        Table.FACTS,
        prefix,
        (key, _) -> {
          int id = new ByteReader(key, 2, 4).u32();
          names.put(id, lookUp(id, name));
        });
    return names;
  }

  /** An id without a name is kept too: a number is all that the files need. */
  private static String lookUp(int id, IntFunction<Optional<String>> name) {
    try {
      return name.apply(id).orElse("");
    } catch (SystemCallException e) {
      // A name service that is down must not stop a backup.
      return "";
    }
  }
}
