package org.mailkeep.engine.backup;

import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.mailkeep.engine.sort.FileNameCodec;
import org.mailkeep.engine.sort.SortedRuns;
import org.mailkeep.model.FileName;
import org.mailkeep.model.tree.NameTest;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.FileStat;
import org.mailkeep.unix.FileType;

/**
 * Compares a large directory of messages with its leaves as the last run saw them, by the sum of
 * each. The names are gone through twice: once with their status to sum them up, and once to find
 * those of the leaves that have changed. Only of these there are objects, and only these leaves are
 * read from the host state; so memory and most of the time depend on what has changed. For the
 * walking thread.
 */
final class MessageComparison {

  /** With fewer leaves it is less work to look at all messages. */
  private static final int MIN_LEAVES = 4;

  private static final int ATTEMPTS = 2;

  private final Walk walk;
  private final Directory directory;
  private final KnownDirectory known;
  private final EntrySums sums;
  private final NameTest isLeftOut;
  private final List<KnownLeaf> leaves;
  private final long[] found;
  private final long[] counts;
  private final SortedRuns<Sighting> linked;
  private boolean onlyFiles = true;
  private int lastUid;
  private int lastGid;
  private boolean hasOwner;

  /**
   * What was found.
   *
   * @param same the places of leaves that are as they were
   * @param files what has a name in the range of the other leaves
   * @param linked what has a name in the range of any leaf, and another name elsewhere; closed by
   *     who gets it, like the files
   */
  record Result(BitSet same, SortedRuns<Sighting> files, SortedRuns<Sighting> linked)
      implements SeenMessages {

    /** A message that is as it was did not come from elsewhere, unless it is there, too. */
    @Override
    public List<Iterable<Sighting>> sightings() {
      return List.of(files, linked);
    }

    @Override
    public void close() {
      files.close();
      linked.close();
    }
  }

  private MessageComparison(Walk walk, EntrySums sums, Directory directory, OpenDirectory open) {
    this.walk = walk;
    this.linked = walk.space().sort(Sighting.ORDER, FoundCodec.SIGHTINGS);
    this.directory = directory;
    this.known = open.known();
    this.sums = sums;
    this.isLeftOut = walk.exclusions().in(open.path());
    this.leaves = known.leaves();
    this.found = new long[leaves.size()];
    this.counts = new long[leaves.size()];
  }

  /**
   * Compares.
   *
   * @param open what is known of the directory
   * @return empty where all must be looked at: the directory is small or changes meanwhile, or
   *     there is something else than files that are backed up, or too little is known of it
   */
  static Optional<Result> of(Walk walk, EntrySums sums, Directory directory, OpenDirectory open) {
    KnownDirectory known = open.known();
    if (!known.isTrusted() || known.leaves().size() < MIN_LEAVES) {
      return Optional.empty();
    }
    DirectoryMoment before = DirectoryMoment.of(directory);
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Optional<Result> result = new MessageComparison(walk, sums, directory, open).compare();
      DirectoryMoment after = DirectoryMoment.of(directory);
      if (result.isEmpty() || before.isUnchangedAt(after)) {
        return result;
      }
      result.get().close();
      before = after;
    }
    return Optional.empty();
  }

  private Optional<Result> compare() {
    directory.forEachStatus(this::sum);
    if (!onlyFiles) {
      return Optional.empty();
    }
    BitSet same = new BitSet();
    for (int i = 0; i < leaves.size(); i++) {
      KnownLeaf leaf = leaves.get(i);
      if (leaf.sum() != EntrySums.NONE
          && leaf.sum() == found[i]
          && leaf.node().entries() == counts[i]) {
        same.set(i);
      }
    }
    return Optional.of(new Result(same, list(same), linked));
  }

  private void sum(byte[] name, int length, FileStat stat) {
    if (stat.type() != FileType.REGULAR || isLeftOut.test(name, length)) {
      onlyFiles = false;
      return;
    }
    int leaf = known.leafOf(name, length);
    counts[leaf]++;
    found[leaf] += sums.of(name, length, stat, walk.files().linkGroup(stat));
    if (stat.links() > 1) {
      linked.add(sighting(FileName.of(name, 0, length), stat));
    }
    if (!hasOwner || stat.uid() != lastUid || stat.gid() != lastGid) {
      hasOwner = true;
      lastUid = stat.uid();
      lastGid = stat.gid();
      walk.log().owner(lastUid, lastGid);
    }
  }

  private static Sighting sighting(FileName name, FileStat stat) {
    return Sighting.of(new Found(name, stat), 0);
  }

  private SortedRuns<Sighting> list(BitSet same) {
    SortedRuns<Sighting> files = walk.space().sort(Sighting.ORDER, FoundCodec.SIGHTINGS);
    if (same.cardinality() == leaves.size()) {
      return files;
    }
    try (SortedRuns<FileName> names =
        walk.space().sort(Comparator.naturalOrder(), FileNameCodec.NAMES)) {
      directory.forEachName(
          (name, length, _, _) -> {
            if (!same.get(known.leafOf(name, length))) {
              names.add(FileName.of(name, 0, length));
            }
          });
      for (FileName name : names) {
        directory.statIfPresent(name).ifPresent(stat -> files.add(sighting(name, stat)));
      }
    }
    return files;
  }
}
