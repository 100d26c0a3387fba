package org.mailkeep.engine.backup;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.mailkeep.engine.ListedDirectory;
import org.mailkeep.engine.sort.FileNameCodec;
import org.mailkeep.engine.sort.SortedRuns;
import org.mailkeep.mail.store.Place;
import org.mailkeep.model.ByteString;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.DirectoryEntry;
import org.mailkeep.unix.FileStat;
import org.mailkeep.unix.FileType;

/**
 * Directories that hold no messages. In each, {@code new} and {@code cur} come first, then other
 * directories, and files last: a UID database is read after the messages that it speaks of (a
 * message without an entry gets a new UID; an entry without a message is dropped). For the walking
 * thread.
 */
final class OrdinaryFolders {

  private static final Comparator<Found> BY_NAME = Comparator.comparing(Found::name);

  private static final Comparator<DirectoryEntry> ENTRY_BY_NAME =
      Comparator.comparing(DirectoryEntry::name);

  private static final Comparator<Found> MESSAGES_FIRST =
      Comparator.<Found>comparingInt(found -> MessageFolders.rank(found.name()))
          .thenComparing(BY_NAME);

  private final Walk walk;
  private final MessageFolders messages;

  /**
   * Decides about directories.
   *
   * @param messages is told when a Maildir's {@code new} and {@code cur} are done
   */
  OrdinaryFolders(Walk walk, MessageFolders messages) {
    this.walk = walk;
    this.messages = messages;
  }

  /** Walks through what is in a directory, and looks at its files. */
  void fill(Directory directory, OpenDirectory open, Place within) {
    try (SortedRuns<DirectoryEntry> entries = walk.space().sort(ENTRY_BY_NAME, FoundCodec.ENTRIES);
        SortedRuns<FileName> others =
            walk.space().sort(Comparator.naturalOrder(), FileNameCodec.NAMES)) {
      directory.forEachName(
          (name, length, inode, type) ->
              entries.add(new DirectoryEntry(FileName.of(name, 0, length), inode, type)));
      ListedDirectory listing = new ListedDirectory(directory, entries);
      Place place = Place.of(within, open.facts().name(), listing);
      boolean isEmpty =
          !entries.isEmpty() && walk.exclusions().leavesEmpty(open.path(), place, listing);
      visitDirectories(directory, open, isEmpty ? List.of() : entries, others, place);
      visitOthers(directory, open, others, place);
    }
  }

  /** Visits those of the entries that are directories; the names of the others are added. */
  private void visitDirectories(
      Directory directory,
      OpenDirectory open,
      Iterable<DirectoryEntry> entries,
      SortedRuns<FileName> others,
      Place place) {
    try (SortedRuns<Found> directories = walk.space().sort(MESSAGES_FIRST, FoundCodec.FOUND)) {
      for (DirectoryEntry entry : entries) {
        if (entry.type() != null && entry.type() != FileType.DIRECTORY) {
          others.add(entry.name());
          continue;
        }
        Optional<FileStat> stat = directory.statIfPresent(entry.name());
        if (stat.isPresent() && stat.get().type() == FileType.DIRECTORY) {
          directories.add(new Found(entry.name(), stat.get()));
        } else if (stat.isPresent()) {
          others.add(entry.name());
        }
      }
      for (Found found : directories) {
        if (place == Place.MAILDIR && MessageFolders.isBeside(found.name())) {
          messages.end(directory);
        }
        if (!walk.exclusions().leavesOut(open.path().resolve(found.name()))) {
          walk.descent().into(directory, open, found, place);
        }
      }
    }
    if (place == Place.MAILDIR) {
      messages.end(directory);
    }
  }

  private void visitOthers(
      Directory directory, OpenDirectory open, Iterable<FileName> others, Place place) {
    try (SortedRuns<Found> found = walk.space().sort(BY_NAME, FoundCodec.FOUND)) {
      for (FileName name : others) {
        RawPath path = open.path().resolve(name);
        if (!walk.exclusions().leavesOut(path) && !walk.exclusions().leavesOut(path, place, name)) {
          directory.statIfPresent(name).ifPresent(stat -> found.add(new Found(name, stat)));
        }
      }
      visitFiles(directory, open, found);
    }
  }

  private void visitFiles(Directory directory, OpenDirectory open, Iterable<Found> found) {
    DirectorySignature.Sum added = new DirectorySignature.Sum();
    found.forEach(added::add);
    ByteString sum = added.end();
    if (isSame(open, found, sum)) {
      open.listedSame(sum);
      countUnchanged(found);
    } else {
      open.listed(sum);
      walk.files().visit(directory, open, found, Optional.empty(), false);
    }
  }

  private boolean isSame(OpenDirectory open, Iterable<Found> found, ByteString sum) {
    return !walk.fullScan()
        && open.known().summary().filter(before -> before.hasSameFiles(found, sum)).isPresent();
  }

  private void countUnchanged(Iterable<Found> found) {
    long count = 0;
    long size = 0;
    for (Found file : found) {
      walk.log().owner(file.stat().uid(), file.stat().gid());
      count++;
      size += file.stat().type() == FileType.REGULAR ? file.stat().size() : 0;
    }
    walk.log().unchanged(count, size);
  }
}
