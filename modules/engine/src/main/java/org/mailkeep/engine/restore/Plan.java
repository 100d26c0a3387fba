package org.mailkeep.engine.restore;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a restore would do, summed up.
 *
 * @param tallies how much of each change there would be
 * @param users to whom files would belong
 * @param groups to which groups
 * @param refusals why the restore would refuse, a sentence with advice each; empty where it would
 *     not
 */
public record Plan(
    Map<Change, Tally> tallies, List<Owner> users, List<Owner> groups, List<String> refusals) {

  /** Copies the collections. */
  public Plan {
    tallies = Map.copyOf(tallies);
    users = List.copyOf(users);
    groups = List.copyOf(groups);
    refusals = List.copyOf(refusals);
  }

  /**
   * So many paths.
   *
   * @param files those that are no directories
   * @param directories those that are
   * @param bytes the content of regular files; of further names of one file, none
   */
  public record Tally(long files, long directories, long bytes) {
    /** None. */
    public static final Tally NONE = new Tally(0, 0, 0);

    private Tally plus(boolean directory, long size) {
      return new Tally(
          files + (directory ? 0 : 1), directories + (directory ? 1 : 0), bytes + size);
    }

    /** Whether there are none. */
    public boolean isNone() {
      return files + directories == 0;
    }
  }

  /**
   * A user or group of restored files.
   *
   * @param number its number here
   * @param name its name here, empty where this host has none
   * @param numberThere its number in the snapshot
   * @param nameThere its name in the snapshot, empty where that knew none
   * @param entries how many files and directories it would have
   */
  public record Owner(int number, String name, int numberThere, String nameThere, long entries) {}

  /** How much there would be of this change. */
  public Tally of(Change change) {
    return tallies.getOrDefault(change, Tally.NONE);
  }

  /** The content that would be written, in bytes. */
  public long bytesToWrite() {
    return of(Change.MAKE).bytes() + of(Change.REPLACE).bytes();
  }

  /** Adds up. For one thread. */
  static final class Tallies {
    private final Map<Change, Tally> tallies = new EnumMap<>(Change.class);

    void add(Change change, boolean directory, long size) {
      tallies.merge(
          change, Tally.NONE.plus(directory, size), (before, _) -> before.plus(directory, size));
    }

    Map<Change, Tally> sums() {
      return tallies;
    }
  }
}
