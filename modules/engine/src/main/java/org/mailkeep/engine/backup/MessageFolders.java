package org.mailkeep.engine.backup;

import java.util.BitSet;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.mailkeep.mail.maildir.MaildirNames;
import org.mailkeep.mail.store.Place;
import org.mailkeep.model.FileName;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.FileStat;
import org.mailkeep.unix.FileType;

/**
 * The {@code new} and {@code cur} of the Maildir that the walk is at. One that has not changed is
 * not even listed, unless everything is to be looked at. For the walking thread.
 */
final class MessageFolders {

  /** The rank of directories that are neither. */
  private static final int BESIDE = 2;

  private final Walk walk;
  private final EntrySums sums;
  private Arrivals arrivals = new Arrivals();

  MessageFolders(Walk walk, EntrySums sums) {
    this.walk = walk;
    this.sums = sums;
  }

  /** Whether a directory holds the messages of a Maildir. */
  static boolean holds(FileName name, Place within) {
    return within == Place.MAILDIR
        && (name.equals(MaildirNames.NEW) || name.equals(MaildirNames.CUR));
  }

  /**
   * The place of a directory in a Maildir: new before cur, for a message that moves meanwhile is
   * seen twice rather than never ({@link Arrivals}), and others after both.
   */
  static int rank(FileName name) {
    return name.equals(MaildirNames.NEW) ? 0 : name.equals(MaildirNames.CUR) ? 1 : BESIDE;
  }

  /** Whether a directory comes after {@code new} and {@code cur}. */
  static boolean isBeside(FileName name) {
    return rank(name) == BESIDE;
  }

  /** Takes a directory over without listing it, if it is as the last run saw it. */
  boolean reuse(OpenDirectory open, FileStat stat) {
    Optional<KnownDirectory.Summary> before = open.known().summary();
    if (walk.fullScan() || before.isEmpty() || !before.get().isUnchanged(stat)) {
      return false;
    }
    walk.log().unchanged(before.get().files(), before.get().size());
    if (isNew(open)) {
      arrivals.areUnchanged(open, before.get());
    } else {
      open.reuse(before.get());
    }
    return true;
  }

  /** Looks at the messages of a directory. */
  void fill(Directory directory, OpenDirectory open) {
    // Any message of new may be struck out in the end, so these are looked at one by one.
    Optional<MessageComparison.Result> compared =
        walk.fullScan() || isNew(open)
            ? Optional.empty()
            : MessageComparison.of(walk, sums, directory, open);
    if (compared.isPresent()) {
      fillChanged(directory, open, compared.get());
    } else {
      fillListed(directory, open);
    }
  }

  /**
   * Ends {@code new}, now that {@code cur} was looked at.
   *
   * @param maildir where they are
   */
  void end(Directory maildir) {
    arrivals.end(maildir);
    arrivals = new Arrivals();
  }

  private static boolean isNew(OpenDirectory open) {
    return open.facts().name().equals(MaildirNames.NEW);
  }

  private void fillChanged(
      Directory directory, OpenDirectory open, MessageComparison.Result compared) {
    arrivals.curIsListed(compared);
    BitSet same = compared.same();
    open.keep(same);
    long count = 0;
    long size = 0;
    for (int leaf = same.nextSetBit(0); leaf >= 0; leaf = same.nextSetBit(leaf + 1)) {
      KnownLeaf known = open.known().leaves().get(leaf);
      count += known.node().entries();
      size += known.size();
    }
    walk.log().unchanged(count, size);
    Iterable<Found> found = () -> stream(compared.files()).map(Sighting::found).iterator();
    walk.files().visit(directory, open, found, arrivals.origin(), true);
  }

  private void fillListed(Directory directory, OpenDirectory open) {
    MessageListing listing = MessageListing.of(directory, walk.space());
    Optional<KnownDirectory> origin = Optional.empty();
    if (isNew(open)) {
      arrivals.areListed(open, listing);
    } else {
      arrivals.curIsListed(listing);
      origin = arrivals.origin();
    }
    if (listing.hasDirectories()) {
      stream(listing)
          .filter(one -> isDirectory(one) && !isLeftOut(open, one))
          .forEach(one -> walk.descent().into(directory, open, one, Place.MESSAGES));
    }
    Iterable<Found> found =
        () -> stream(listing).filter(one -> !isDirectory(one) && !isLeftOut(open, one)).iterator();
    walk.files().visit(directory, open, found, origin, true);
  }

  private boolean isLeftOut(OpenDirectory open, Found found) {
    return walk.exclusions().leavesOut(open.path().resolve(found.name()));
  }

  private static boolean isDirectory(Found found) {
    return found.stat().type() == FileType.DIRECTORY;
  }

  private static <T> Stream<T> stream(Iterable<T> elements) {
    return StreamSupport.stream(elements.spliterator(), false);
  }
}
