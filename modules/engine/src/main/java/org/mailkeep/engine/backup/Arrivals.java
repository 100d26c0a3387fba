package org.mailkeep.engine.backup;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailkeep.engine.sort.Peeking;
import org.mailkeep.mail.maildir.MaildirNames;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.FileStat;

/**
 * The {@code new} of a Maildir, kept open until {@code cur} has been listed: a message that a mail
 * program takes from the one to the other meanwhile is seen in both, and is in the snapshot once,
 * in {@code cur}. (The other order would see some in neither.) For the walking thread.
 */
final class Arrivals {

  private @Nullable OpenDirectory open;
  private Optional<KnownDirectory.Summary> unchanged = Optional.empty();
  private SeenMessages listed = SeenMessages.NONE;
  private SeenMessages listedInCur = SeenMessages.NONE;

  /** The messages of {@code new} are listed, and being read. They are closed in the end. */
  void areListed(OpenDirectory directory, SeenMessages messages) {
    directory.expect();
    open = directory;
    listed = messages;
  }

  /** {@code new} is as the last run saw it, and was not listed. */
  void areUnchanged(OpenDirectory directory, KnownDirectory.Summary before) {
    open = directory;
    unchanged = Optional.of(before);
  }

  /** What the last run saw in {@code new}, where something may have left it since then. */
  Optional<KnownDirectory> origin() {
    OpenDirectory changed = open;
    return changed == null || unchanged.isPresent()
        ? Optional.empty()
        : Optional.of(changed.known());
  }

  /**
   * The messages of {@code cur} are listed, or those that may have come there since the last run;
   * that happens only where it has changed. They are closed in the end.
   */
  void curIsListed(SeenMessages messages) {
    listedInCur = messages;
  }

  /**
   * Ends {@code new}.
   *
   * @param maildir where it is
   */
  void end(Directory maildir) {
    OpenDirectory ending = open;
    try (SeenMessages inNew = listed;
        SeenMessages inCur = listedInCur) {
      if (ending == null) {
        return;
      }
      if (unchanged.isEmpty()) {
        dropMoved(ending, inNew, inCur);
        ending.done();
      } else if (isStill(maildir, ending)) {
        ending.reuse(unchanged.get());
      } else {
        keepAll(ending);
        dropKnown(ending, inCur);
        ending.unsettle();
        ending.done();
      }
    }
  }

  private static void dropMoved(OpenDirectory ending, SeenMessages inNew, SeenMessages inCur) {
    for (Iterable<Sighting> ofNew : inNew.sightings()) {
      for (Iterable<Sighting> ofCur : inCur.sightings()) {
        dropMoved(ending, ofNew, ofCur);
      }
    }
  }

  private static void dropMoved(
      OpenDirectory ending, Iterable<Sighting> ofNew, Iterable<Sighting> ofCur) {
    Peeking<Sighting> cur = new Peeking<>(ofCur.iterator());
    for (Sighting seen : ofNew) {
      MessageFile message = seen.message();
      while (cur.peek().filter(next -> next.message().compareTo(message) < 0).isPresent()) {
        cur.next();
      }
      if (cur.peek().filter(next -> next.message().equals(message)).isPresent()) {
        ending.drop(seen.found().name());
      }
    }
  }

  /** What the last run saw, of which little has left. */
  private static void keepAll(OpenDirectory ending) {
    List<KnownLeaf> leaves = ending.known().leaves();
    BitSet same = new BitSet();
    for (int i = 0; i < leaves.size(); i++) {
      if (leaves.get(i).sum() != EntrySums.NONE) {
        same.set(i);
      } else {
        ending.known().entries(leaves.get(i)).orElse(List.of()).forEach(ending::add);
      }
    }
    ending.keep(same);
  }

  private static void dropKnown(OpenDirectory ending, SeenMessages inCur) {
    KnownFiles known = ending.known().files();
    for (Iterable<Sighting> ofCur : inCur.sightings()) {
      for (Sighting seen : ofCur) {
        known.namesOf(seen.message()).forEach(left -> ending.drop(left.entry().name()));
      }
    }
  }

  /** Whether nothing has left {@code new} since the walk looked at it. */
  private static boolean isStill(Directory maildir, OpenDirectory ending) {
    FileStat before = ending.facts().stat();
    return maildir
        .statIfPresent(MaildirNames.NEW)
        .filter(now -> now.mtimeSeconds() == before.mtimeSeconds())
        .filter(now -> now.mtimeNanos() == before.mtimeNanos())
        .isPresent();
  }
}
