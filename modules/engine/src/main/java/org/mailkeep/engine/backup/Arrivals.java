package org.mailkeep.engine.backup;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
  private List<DirectoryListing.Found> listed = List.of();
  private List<DirectoryListing.Found> listedInCur = List.of();

  /** The messages of {@code new} are listed, and being read. */
  void areListed(OpenDirectory directory, List<DirectoryListing.Found> files) {
    directory.expect();
    open = directory;
    listed = files;
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

  /** The messages of {@code cur} are listed; that happens only where it has changed. */
  void curIsListed(List<DirectoryListing.Found> files) {
    listedInCur = files;
  }

  /**
   * Ends {@code new}.
   *
   * @param maildir where it is
   */
  void end(Directory maildir) {
    OpenDirectory ending = open;
    if (ending == null) {
      return;
    }
    if (unchanged.isEmpty()) {
      Set<MessageFile> moved = messagesOfCur(listed.isEmpty());
      for (DirectoryListing.Found found : listed) {
        if (moved.contains(MessageFile.of(found))) {
          ending.drop(found.name());
        }
      }
      ending.done();
    } else if (isStill(maildir, ending)) {
      ending.reuse(unchanged.get());
    } else {
      Set<MessageFile> moved = messagesOfCur(unchanged.get().files() == 0);
      ending.known().files().entries().stream()
          .filter(known -> !moved.contains(MessageFile.of(known.entry().name(), known.inode())))
          .forEach(ending::add);
      ending.unsettle();
      ending.done();
    }
    open = null;
  }

  /** What {@code cur} has, where {@code new} has anything to be compared with it. */
  private Set<MessageFile> messagesOfCur(boolean needless) {
    return needless
        ? Set.of()
        : listedInCur.stream().map(MessageFile::of).collect(Collectors.toSet());
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
