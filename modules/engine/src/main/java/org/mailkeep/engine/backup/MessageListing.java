package org.mailkeep.engine.backup;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailkeep.engine.sort.Peeking;
import org.mailkeep.engine.sort.SortSpace;
import org.mailkeep.engine.sort.SortedRuns;
import org.mailkeep.model.FileName;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.FileStat;
import org.mailkeep.unix.FileType;
import org.mailkeep.unix.StatusVisitor;

/**
 * A directory of messages in which a mail server works, listed. It renames meanwhile, and
 * readdir(3) may then miss a name or give it twice; so a directory that changed is listed again,
 * and a message counts as gone only when neither its name nor its unique name is found any more.
 * For one thread.
 *
 * <p>Gives each message once, under the name that was seen last, in the order of unique names.
 * Whether a message is gone that was seen once and not again turns out when it is read.
 */
final class MessageListing implements Iterable<Found>, SeenMessages {

  private static final int ATTEMPTS = 4;

  /** Each finds a message with a chance of a half where it is renamed all the time. */
  private static final int CHASES = 32;

  /** Between all of these a message must be renamed to pass for one with several names. */
  private static final int LOOKS = 4;

  private final Directory directory;
  private final SortedRuns<Sighting> seen;
  private final Set<MessageFile> missed = new HashSet<>();
  private int sightings;
  private boolean hasDirectories;

  private MessageListing(Directory directory, SortSpace space) {
    this.directory = directory;
    this.seen = space.sort(Sighting.ORDER, FoundCodec.SIGHTINGS);
  }

  /**
   * Lists a directory.
   *
   * @param directory is looked at again while messages are given, so is to stay open
   */
  static MessageListing of(Directory directory, SortSpace space) {
    MessageListing listing = new MessageListing(directory, space);
    listing.read();
    return listing;
  }

  private void read() {
    DirectoryMoment before = DirectoryMoment.of(directory);
    for (int attempt = 1; ; attempt++) {
      directory.forEachStatus(new Look());
      DirectoryMoment after = DirectoryMoment.of(directory);
      if (before.isUnchangedAt(after) || attempt == ATTEMPTS) {
        break;
      }
      before = after;
    }
    if (!missed.isEmpty()) {
      seen.forEach(sighting -> missed.remove(sighting.message()));
      chase();
    }
  }

  /** One pass over all names. */
  private final class Look implements StatusVisitor {
    @Override
    public void visit(byte[] name, int length, FileStat stat) {
      add(new Found(FileName.of(name, 0, length), stat));
    }

    @Override
    public void gone(byte[] name, int length, long inode) {
      missed.add(MessageFile.of(FileName.of(name, 0, length), inode));
    }
  }

  private void add(Found found) {
    Sighting sighting = Sighting.of(found, sightings++);
    seen.add(sighting);
    missed.remove(sighting.message());
    hasDirectories |= found.stat().type() == FileType.DIRECTORY;
  }

  /**
   * Looks for messages that had another name each time: a busy machine lets so much time pass
   * between name and status. Ends when two listings in a row have none of them.
   */
  private void chase() {
    int without = 0;
    for (int round = 0; round < CHASES && !missed.isEmpty() && without < 2; round++) {
      List<FileName> again = new ArrayList<>();
      directory.forEachName(
          (bytes, length, inode, _) -> {
            FileName name = FileName.of(bytes, 0, length);
            if (missed.contains(MessageFile.of(name, inode))) {
              again.add(name);
            }
          });
      for (FileName name : again) {
        directory.statIfPresent(name).ifPresent(stat -> add(new Found(name, stat)));
      }
      without = again.isEmpty() ? without + 1 : 0;
    }
  }

  /** Whether there is any directory among what was seen. */
  boolean hasDirectories() {
    return hasDirectories;
  }

  @Override
  public List<Iterable<Sighting>> sightings() {
    return List.of(seen);
  }

  @Override
  public Iterator<Found> iterator() {
    return new Messages(new Peeking<>(seen.iterator()));
  }

  private final class Messages implements Iterator<Found> {
    private final Peeking<Sighting> sightings;
    private Iterator<Found> names = List.<Found>of().iterator();

    Messages(Peeking<Sighting> sightings) {
      this.sightings = sightings;
    }

    @Override
    public boolean hasNext() {
      return names.hasNext() || sightings.hasNext();
    }

    @Override
    public Found next() {
      if (!names.hasNext()) {
        names = nextMessage().iterator();
      }
      return names.next();
    }

    /**
     * A file with links that was seen under two names may have both (Dovecot copies messages as
     * hard links), or was renamed while it was listed.
     */
    private List<Found> nextMessage() {
      Sighting last = sightings.next();
      MessageFile message = last.message();
      List<Found> all = new ArrayList<>(List.of(last.found()));
      while (sightings.peek().filter(next -> next.message().equals(message)).isPresent()) {
        Sighting next = sightings.next();
        all.add(next.found());
        last = next.number() > last.number() ? next : last;
      }
      boolean areNames = all.size() > 1 && last.found().stat().links() > 1 && areThere(all);
      return areNames ? all : List.of(last.found());
    }
  }

  /** Whether all these names of a file are there at once. A rename would change its ctime. */
  private boolean areThere(List<Found> names) {
    List<Optional<FileStat>> looks = new ArrayList<>();
    for (int look = 0; look < LOOKS; look++) {
      names.forEach(found -> looks.add(directory.statIfPresent(found.name())));
    }
    Optional<FileStat> first = looks.getFirst();
    return first.isPresent()
        && looks.stream()
            .allMatch(look -> look.filter(stat -> isSame(stat, first.get())).isPresent());
  }

  private static boolean isSame(FileStat a, FileStat b) {
    return a.inode() == b.inode()
        && a.ctimeSeconds() == b.ctimeSeconds()
        && a.ctimeNanos() == b.ctimeNanos();
  }

  @Override
  public void close() {
    seen.close();
  }
}
