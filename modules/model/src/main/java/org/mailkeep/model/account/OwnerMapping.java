package org.mailkeep.model.account;

import java.util.List;
import java.util.Map;

/**
 * Which owners of a snapshot become which owners of the host that it is restored to. What is not
 * mentioned stays as it is.
 *
 * @param users user numbers, unsigned 32 bits
 * @param groups group numbers, unsigned 32 bits
 * @param homes directories that are elsewhere now
 */
public record OwnerMapping(
    Map<Integer, Integer> users, Map<Integer, Integer> groups, List<HomeMove> homes) {

  /** Every number stays. */
  public static final OwnerMapping EXACT = new OwnerMapping(Map.of(), Map.of(), List.of());

  /** Copies the collections. */
  public OwnerMapping {
    users = Map.copyOf(users);
    groups = Map.copyOf(groups);
    homes = List.copyOf(homes);
  }

  /** The user that this one becomes. */
  public int uid(int uid) {
    return users.getOrDefault(uid, uid);
  }

  /** The group that this one becomes. */
  public int gid(int gid) {
    return groups.getOrDefault(gid, gid);
  }

  /**
   * The path that this one becomes; the same array where no move concerns it. Of several moves that
   * do, the one from the longest path counts.
   */
  public byte[] home(byte[] path) {
    HomeMove best = null;
    for (HomeMove move : homes) {
      if (move.concerns(path) && (best == null || move.isCloserThan(best))) {
        best = move;
      }
    }
    return best == null ? path : best.apply(path);
  }

  /** Whether nothing changes. */
  public boolean isExact() {
    return users.isEmpty() && groups.isEmpty() && homes.isEmpty();
  }
}
