package org.mailkeep.engine.queue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.mailkeep.mail.queue.QueueArea;
import org.mailkeep.mail.queue.QueueItem;
import org.mailkeep.mail.queue.QueueLayout;
import org.mailkeep.mail.queue.QueueUser;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.account.AccountDatabase;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.DirectoryEntry;
import org.mailkeep.unix.Errno;
import org.mailkeep.unix.FileStat;
import org.mailkeep.unix.FileType;
import org.mailkeep.unix.Flock;

/**
 * Puts a queue right that was copied or restored: every message gets its inode number as its name,
 * its parts the same, all in the folders of that number, with owners and modes. No message is
 * deleted; what belongs to no message stays unless it is asked to go.
 *
 * <p><b>Cut off at any step it can be run again.</b> New numbers may be other messages' old ones,
 * so names change in two rounds. First each part of a message, and the message itself last, gets
 * its new number with a suffix that qmail never looks at; while the message has its old name, its
 * parts are found by that. When no message has an old name any more, the suffixes go. A file with a
 * suffix is thus always of the new numbers, one without of the old ones until the first round is
 * through.
 */
public final class QueueFix {

  /** What a file is called between the rounds: {@code 4711.mailkeep}. */
  static final String SUFFIX = ".mailkeep";

  private static final List<QueueArea> PARTS =
      List.of(
          QueueArea.INFO,
          QueueArea.LOCAL,
          QueueArea.REMOTE,
          QueueArea.TODO,
          QueueArea.INTD,
          QueueArea.BOUNCE);

  /** The message last, see above. */
  private static final List<QueueArea> EVERYTHING =
      Stream.concat(PARTS.stream(), Stream.of(QueueArea.MESS)).toList();

  /** Is told what is done, or would be. */
  public interface Observer {
    /** A message gets another number. */
    void renumbered(long from, long to);

    /** Anything else. */
    void changed(RawPath path, String what);
  }

  private final QueueTree queue;
  private final QueueLayout layout;
  private final QueueOwners owners;
  private final boolean removeOrphans;
  private final boolean dryRun;
  private final Observer observer;
  private final Runnable renamed;

  /**
   * @param renamed runs after each rename
   */
  QueueFix(
      Directory directory,
      QueueLayout layout,
      QueueOwners owners,
      boolean removeOrphans,
      boolean dryRun,
      Observer observer,
      Runnable renamed) {
    this.queue = new QueueTree(directory);
    this.layout = layout;
    this.owners = owners;
    this.removeOrphans = removeOrphans;
    this.dryRun = dryRun;
    this.observer = observer;
    this.renamed = renamed;
  }

  /**
   * Mends a queue, with the users of this host.
   *
   * @param removeOrphans whether parts of no message are deleted
   * @param dryRun whether nothing is changed
   * @throws NotFoundException where it is no queue, or the host lacks a user of qmail's
   * @throws RefusedException where qmail-send is running, or a file stands in the way
   */
  public static void fix(
      RawPath queue,
      AccountDatabase host,
      boolean removeOrphans,
      boolean dryRun,
      Observer observer) {
    QueueOwners owners = QueueOwners.of(host);
    try (Directory directory = Directory.open(queue)) {
      QueueLayout layout = QueueCheck.layoutOf(directory);
      QueueFix fix =
          new QueueFix(directory, layout, owners, removeOrphans, dryRun, observer, () -> {});
      if (dryRun) {
        fix.run();
      } else {
        try (Flock _ = QueueInit.lock(directory)) {
          fix.run();
        }
      }
    }
  }

  void run() {
    mendFrame();
    forLeftovers(EVERYTHING, (path, _) -> observer.changed(path, "left by a run that was cut off"));
    forAll(PARTS, this::moveToItsFolder);
    if (removeOrphans) {
      refuseNameless();
      forAll(PARTS, this::removeOrphan);
    }
    forAll(List.of(QueueArea.MESS), this::refuseObstacles);
    forAll(List.of(QueueArea.MESS), this::renumber);
    sync();
    forLeftovers(EVERYTHING, this::rename);
    forAll(EVERYTHING, this::own);
    sync();
  }

  private void sync() {
    if (!dryRun) {
      queue.directory().syncFileSystem();
    }
  }

  private interface Step {
    void take(QueueArea area, RawPath path, long number, FileStat stat);
  }

  /** Goes through the files that are named by a number. */
  private void forAll(List<QueueArea> areas, Step step) {
    for (QueueArea area : areas) {
      for (RawPath folder : layout.folders(area)) {
        for (DirectoryEntry entry : queue.list(folder)) {
          OptionalLong number = QueueTree.number(entry.name());
          RawPath path = folder.resolve(entry.name());
          if (number.isPresent()) {
            queue
                .stat(path)
                .filter(stat -> stat.type() == FileType.REGULAR)
                .ifPresent(stat -> step.take(area, path, number.getAsLong(), stat));
          }
        }
      }
    }
  }

  /** The directories, the lock, the trigger. */
  private void mendFrame() {
    QueueInit init = new QueueInit(layout, owners);
    if (!isOwned(queue.directory().stat(), QueueUser.QUEUE, QueueInit.QUEUE_MODE)) {
      observer.changed(RawPath.of("."), "owner or mode");
      if (!dryRun) {
        init.own(queue.directory());
      }
    }
    for (QueueItem item : layout.items()) {
      Optional<FileStat> there = queue.stat(item.path());
      if (there.isPresent() && there.get().type() != QueueInit.typeOf(item.type())) {
        throw new RefusedException(
            item.path() + " is a " + there.get().type(), "Move it away and run the command again.");
      }
      boolean sound =
          there.filter(stat -> isOwned(stat, item.owner(), item.mode())).isPresent()
              && item.takesSize(there.get().size());
      if (!sound) {
        observer.changed(item.path(), there.isEmpty() ? "made" : "owner, mode or size");
        if (!dryRun) {
          init.put(queue, item);
        }
      }
    }
  }

  private boolean isOwned(FileStat stat, QueueUser owner, int mode) {
    return stat.uid() == owners.uid(owner) && stat.gid() == owners.group() && stat.mode() == mode;
  }

  private void moveToItsFolder(QueueArea area, RawPath path, long number, FileStat stat) {
    RawPath right = layout.file(area, number);
    if (!right.equals(path) && queue.stat(right).isEmpty()) {
      observer.changed(path, "moved to " + right);
      rename(path, right);
    }
  }

  /** A message under no number may be whose parts look like nobody's. */
  private void refuseNameless() {
    for (RawPath folder : layout.folders(QueueArea.MESS)) {
      for (DirectoryEntry entry : queue.list(folder)) {
        if (QueueTree.number(entry.name()).isEmpty() && numberBetween(entry.name()).isEmpty()) {
          throw new RefusedException(
              folder.resolve(entry.name())
                  + " may be a message that another repair left, with parts that seem orphans",
              "Nothing was removed. Give it its number or move it away, and run the command again.");
        }
      }
    }
  }

  private void removeOrphan(QueueArea area, RawPath path, long number, FileStat stat) {
    if (!hasMessage(number)) {
      observer.changed(path, "removed: it belongs to no message");
      if (!dryRun) {
        queue.unlink(path);
      }
    }
  }

  private boolean hasMessage(long number) {
    FileName name = FileName.of(Long.toUnsignedString(number));
    return queue.stat(layout.file(QueueArea.MESS, number)).isPresent()
        || queue.stat(between(QueueArea.MESS, number)).isPresent()
        || layout.folders(QueueArea.MESS).stream()
            .anyMatch(folder -> queue.stat(folder.resolve(name)).isPresent());
  }

  private RawPath between(QueueArea area, long number) {
    RawPath path = layout.file(area, number);
    return RawPath.of(path + SUFFIX);
  }

  private boolean isRight(RawPath path, FileStat stat) {
    return layout.file(QueueArea.MESS, stat.inode()).equals(path);
  }

  /** What belongs to no message may have the number that a message gets. */
  private void refuseObstacles(QueueArea mess, RawPath path, long number, FileStat stat) {
    // A dry run meets orphans that are to go.
    if (isRight(path, stat) || (dryRun && removeOrphans)) {
      return;
    }
    for (QueueArea area : PARTS) {
      RawPath obstacle = layout.file(area, stat.inode());
      if (queue.stat(obstacle).isPresent() && !hasMessage(stat.inode())) {
        throw new RefusedException(
            obstacle + " belongs to no message, and " + path + " must get its number",
            "No message was renamed. Move it away, or run the command with --remove-orphans.");
      }
    }
  }

  private void renumber(QueueArea mess, RawPath path, long number, FileStat stat) {
    if (isRight(path, stat)) {
      return;
    }
    long inode = stat.inode();
    observer.renumbered(number, inode);
    // Of two messages of one number, the one in that number's folder has the parts.
    RawPath right = layout.file(QueueArea.MESS, number);
    if (right.equals(path) || queue.stat(right).isEmpty()) {
      for (QueueArea area : PARTS) {
        RawPath part = layout.file(area, number);
        if (queue.stat(part).isPresent()) {
          rename(part, between(area, inode));
        }
      }
    }
    rename(path, between(QueueArea.MESS, inode));
  }

  /** Goes through the files between the rounds, with the name that each is to have. */
  private void forLeftovers(List<QueueArea> areas, BiConsumer<RawPath, RawPath> step) {
    for (QueueArea area : areas) {
      for (RawPath folder : layout.folders(area)) {
        for (DirectoryEntry entry : queue.list(folder)) {
          numberBetween(entry.name())
              .ifPresent(
                  number -> step.accept(folder.resolve(entry.name()), folder.resolve(number)));
        }
      }
    }
  }

  /** The number in front of the suffix. */
  private static Optional<FileName> numberBetween(FileName name) {
    if (!name.endsWith(SUFFIX) || name.length() == SUFFIX.length()) {
      return Optional.empty();
    }
    FileName number = FileName.of(name.bytes(), 0, name.length() - SUFFIX.length());
    return QueueTree.number(number).isPresent() ? Optional.of(number) : Optional.empty();
  }

  private void own(QueueArea area, RawPath path, long number, FileStat stat) {
    if (!isOwned(stat, area.owner(), area.fileMode())) {
      observer.changed(path, "owner or mode");
      if (!dryRun) {
        queue.own(path, owners.uid(area.owner()), owners.group(), area.fileMode());
      }
    }
  }

  private void rename(RawPath from, RawPath to) {
    if (dryRun) {
      return;
    }
    try {
      queue.rename(from, to);
    } catch (SystemCallException e) {
      if (e.errno() != Errno.EEXIST) {
        throw e;
      }
      throw new RefusedException(
          to + " stands in the way of " + from, "Move it away and run the command again.", e);
    }
    renamed.run();
  }
}
