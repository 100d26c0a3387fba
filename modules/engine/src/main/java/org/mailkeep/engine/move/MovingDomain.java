package org.mailkeep.engine.move;

import java.util.List;
import java.util.stream.Stream;
import org.mailkeep.engine.browse.SnapshotTree;
import org.mailkeep.engine.restore.RestoreSettings;
import org.mailkeep.model.ByteString;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.account.HomeMove;

/**
 * A domain that is to move.
 *
 * @param name its name
 * @param aliases its other names
 * @param folder its folder in the snapshot
 * @param oldHome where the old server had it, as in its users/assign
 * @param home where the new server has it
 * @param homes how directories in its vpasswd and in users/assign change
 * @param places what its instructions of delivery may name, and where that is now
 * @param inDatabase whether its accounts are in a database, for it has no vpasswd
 * @param step what its folder on the new server needs
 */
public record MovingDomain(
    String name,
    List<String> aliases,
    SnapshotTree.Found folder,
    RawPath oldHome,
    RawPath home,
    List<HomeMove> homes,
    MovedPaths places,
    boolean inDatabase,
    Step step) {

  /** What a folder on the new server needs. */
  public enum Step {
    /** There is none: it is made. */
    MAKE,
    /** A move that was cut off made it: what is missing comes, and what is not whole. */
    COMPLETE,
    /** A move that was cut off has brought all its files: what was changed since stays. */
    CONTINUE,
    /** A move made it and mail is let in already: it is left alone. */
    NOTHING,
    /** It is there, and what becomes of its files was said. */
    MERGE
  }

  /** Copies the lists. */
  public MovingDomain {
    aliases = List.copyOf(aliases);
    homes = List.copyOf(homes);
  }

  /** Whether its folder was made by a move that was cut off. */
  boolean isResumed() {
    return step == Step.COMPLETE || step == Step.CONTINUE;
  }

  /** Its name, then its aliases. */
  public List<String> names() {
    return Stream.concat(Stream.of(name), aliases.stream()).toList();
  }

  /** How many files it has. */
  public long files() {
    return folder.entry().files();
  }

  /** How many bytes they are. */
  public long bytes() {
    return folder.entry().size();
  }

  /**
   * What to do with files that are there already.
   *
   * @param said what the user said
   */
  RestoreSettings.Existing existing(RestoreSettings.Existing said) {
    return switch (step) {
      case MAKE -> RestoreSettings.Existing.FAIL;
      // After a power cut a file may have its name and not yet its content.
      case COMPLETE -> RestoreSettings.Existing.IF_CHANGED;
      case CONTINUE, NOTHING -> RestoreSettings.Existing.SKIP;
      case MERGE -> said;
    };
  }

  /** The change of one path, none where it is the same. */
  static Stream<HomeMove> move(RawPath from, RawPath to) {
    return from.equals(to)
        ? Stream.empty()
        : Stream.of(new HomeMove(ByteString.of(from.bytes()), ByteString.of(to.bytes())));
  }
}
