package org.mailkeep.engine.queue;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.mailkeep.engine.queue.QueueFinding.Kind;
import org.mailkeep.mail.queue.QueueArea;
import org.mailkeep.mail.queue.QueueItem;
import org.mailkeep.mail.queue.QueueLayout;
import org.mailkeep.mail.queue.QueueUser;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.account.AccountDatabase;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.DirectoryEntry;
import org.mailkeep.unix.FileStat;
import org.mailkeep.unix.FileType;

/**
 * Compares a queue with what qmail guarantees (INTERNALS, 2): a message's name is its inode number,
 * its parts stand in the directories of that number, and only some combinations of parts are ever
 * left behind. Reads names and status only, holds no list of messages, and takes no lock: while
 * qmail-send runs, what moves meanwhile may be reported.
 */
public final class QueueCheck {

  private final Directory directory;
  private final QueueTree queue;
  private final QueueLayout layout;
  private final QueueOwners owners;
  private final Consumer<QueueFinding> findings;
  private long messages;

  /**
   * What was looked at.
   *
   * @param messages how many there are
   * @param split into how many directories
   * @param bigTodo whether todo and intd are split too
   */
  public record Sum(long messages, int split, boolean bigTodo) {}

  /**
   * Checks a queue, with the users of this host.
   *
   * @param findings is told each finding as it comes
   * @throws NotFoundException where it is no queue, or the host lacks a user of qmail's
   */
  public static Sum check(RawPath queue, AccountDatabase host, Consumer<QueueFinding> findings) {
    QueueOwners owners = QueueOwners.of(host);
    try (Directory directory = Directory.open(queue)) {
      QueueLayout layout = layoutOf(directory);
      long messages = new QueueCheck(directory, layout, owners, findings).run();
      return new Sum(messages, layout.split(), layout.bigTodo());
    }
  }

  QueueCheck(
      Directory directory,
      QueueLayout layout,
      QueueOwners owners,
      Consumer<QueueFinding> findings) {
    this.directory = directory;
    this.queue = new QueueTree(directory);
    this.layout = layout;
    this.owners = owners;
    this.findings = findings;
  }

  /**
   * How a queue is split, from the highest numbers in it.
   *
   * @throws NotFoundException where there are none: it is no queue
   */
  static QueueLayout layoutOf(Directory queue) {
    long highest = -1;
    for (QueueArea area : QueueArea.values()) {
      if (area.isAlwaysSplit()) {
        highest = Math.max(highest, highestNumber(queue, area));
      }
    }
    if (highest < 0) {
      throw new NotFoundException(
          queue.path() + " is no qmail queue: it has no mess/0, info/0, local/0 or remote/0",
          "Name the queue itself, such as /var/qmail/queue.");
    }
    return new QueueLayout((int) highest + 1, highestNumber(queue, QueueArea.TODO) >= 0);
  }

  private static long highestNumber(Directory queue, QueueArea area) {
    FileName name = area.directory();
    if (queue.statIfPresent(name).filter(s -> s.type() == FileType.DIRECTORY).isEmpty()) {
      return -1;
    }
    long highest = -1;
    try (Directory directory = queue.openDirectory(name)) {
      for (DirectoryEntry entry : directory.list()) {
        OptionalLong number = QueueTree.number(entry.name());
        if (number.isPresent()
            && Long.compareUnsigned(number.getAsLong(), QueueLayout.MOST) < 0
            && number.getAsLong() > highest
            && directory.stat(entry.name()).type() == FileType.DIRECTORY) {
          highest = number.getAsLong();
        }
      }
    }
    return highest;
  }

  /** Looks at everything and gives the number of messages. */
  long run() {
    for (QueueItem item : layout.items()) {
      checkItem(item);
    }
    FileStat stat = directory.stat();
    checkOwner(RawPath.of("."), stat, QueueUser.QUEUE);
    checkMode(RawPath.of("."), stat, QueueInit.QUEUE_MODE);
    for (QueueArea area : QueueArea.values()) {
      if (area.holdsMessages()) {
        checkSplit(area);
        layout.folders(area).forEach(folder -> checkFolder(area, folder));
      }
    }
    return messages;
  }

  private void checkItem(QueueItem item) {
    Optional<FileStat> found = queue.stat(item.path());
    if (found.isEmpty()) {
      tell(Kind.MISSING, item.path(), "every queue has it");
      return;
    }
    FileStat stat = found.get();
    if (stat.type() != QueueInit.typeOf(item.type())) {
      tell(Kind.WRONG_TYPE, item.path(), "it is a " + stat.type());
      return;
    }
    checkOwner(item.path(), stat, item.owner());
    checkMode(item.path(), stat, item.mode());
    if (!item.takesSize(stat.size())) {
      tell(Kind.WRONG_SIZE, item.path(), stat.size() + " bytes, not " + item.size());
    }
  }

  private void checkOwner(RawPath path, FileStat stat, QueueUser user) {
    int uid = owners.uid(user);
    if (stat.uid() != uid || stat.gid() != owners.group()) {
      tell(
          Kind.WRONG_OWNER,
          path,
          owner(stat.uid(), stat.gid())
              + ", not "
              + owner(uid, owners.group())
              + " ("
              + user.account()
              + ":"
              + QueueUser.GROUP
              + ")");
    }
  }

  private static String owner(int uid, int gid) {
    return Integer.toUnsignedString(uid) + ":" + Integer.toUnsignedString(gid);
  }

  private void checkMode(RawPath path, FileStat stat, int mode) {
    if (stat.mode() != mode) {
      tell(Kind.WRONG_MODE, path, String.format("%04o, not %04o", stat.mode(), mode));
    }
  }

  /** Numbered directories that the layout does not have, and files beside the numbered ones. */
  private void checkSplit(QueueArea area) {
    RawPath path = RawPath.of(area.directory().bytes());
    if (layout.isSplit(area)) {
      for (DirectoryEntry entry : queue.list(path)) {
        OptionalLong number = QueueTree.number(entry.name());
        if (number.isEmpty() || Long.compareUnsigned(number.getAsLong(), layout.split()) >= 0) {
          tell(
              Kind.UNKNOWN,
              path.resolve(entry.name()),
              "this queue has 0 to " + (layout.split() - 1));
        }
      }
    }
  }

  private void checkFolder(QueueArea area, RawPath folder) {
    for (DirectoryEntry entry : queue.list(folder)) {
      RawPath path = folder.resolve(entry.name());
      Optional<FileStat> stat = queue.stat(path);
      if (stat.isPresent()) {
        checkFile(area, folder, entry.name(), stat.get());
      }
    }
  }

  private void checkFile(QueueArea area, RawPath folder, FileName name, FileStat stat) {
    RawPath path = folder.resolve(name);
    OptionalLong number = QueueTree.number(name);
    if (number.isEmpty()) {
      tell(Kind.UNKNOWN, path, "no number; the programs of a queue never look at it");
      return;
    }
    if (stat.type() != FileType.REGULAR) {
      tell(Kind.WRONG_TYPE, path, "it is a " + stat.type());
      return;
    }
    checkOwner(path, stat, area.owner());
    checkMode(path, stat, area.fileMode());
    long id = number.getAsLong();
    if (area == QueueArea.MESS) {
      messages++;
      checkMessage(path, id, stat);
      return;
    }
    checkPlace(area, path, id);
    if (!isPresent(area, folder, id)) {
      tell(Kind.ORPHAN, path, "there is no message " + id);
    }
  }

  private void checkMessage(RawPath path, long id, FileStat stat) {
    if (id != stat.inode()) {
      tell(
          Kind.WRONG_NUMBER,
          path,
          "its inode is "
              + Long.toUnsignedString(stat.inode())
              + ", so it must be "
              + layout.file(QueueArea.MESS, stat.inode()));
    } else {
      checkPlace(QueueArea.MESS, path, id);
    }
    checkState(path, id);
  }

  private void checkPlace(QueueArea area, RawPath path, long id) {
    RawPath right = layout.file(area, id);
    if (!right.equals(path)) {
      tell(Kind.WRONG_FOLDER, path, "it must be " + right);
    }
  }

  /** Whether the message is where it should be, or as wrong as this part of it. */
  private boolean isPresent(QueueArea area, RawPath folder, long id) {
    if (queue.stat(layout.file(QueueArea.MESS, id)).isPresent()) {
      return true;
    }
    RawPath beside =
        RawPath.of(QueueArea.MESS.directory().bytes())
            .resolve(folder.names().getLast())
            .resolve(FileName.of(Long.toUnsignedString(id)));
    return layout.isSplit(area) && queue.stat(beside).isPresent();
  }

  /**
   * INTERNALS, 2: a message alone (S2), with intd (S3), with todo and no bounce (S4), or with info
   * and neither todo nor intd (S5).
   */
  private void checkState(RawPath path, long id) {
    boolean intd = has(QueueArea.INTD, id);
    boolean todo = has(QueueArea.TODO, id);
    boolean bounce = has(QueueArea.BOUNCE, id);
    boolean info = has(QueueArea.INFO, id);
    boolean recipients = has(QueueArea.LOCAL, id) || has(QueueArea.REMOTE, id);
    if (todo && bounce) {
      tell(Kind.BROKEN, path, "it has both todo and bounce");
    } else if (!todo && info && intd) {
      tell(Kind.BROKEN, path, "it has info and intd, but no todo");
    } else if (!todo && !info && (recipients || bounce)) {
      tell(Kind.BROKEN, path, "it has recipients or a bounce, but neither todo nor info");
    }
  }

  private boolean has(QueueArea area, long id) {
    return queue.stat(layout.file(area, id)).isPresent();
  }

  private void tell(Kind kind, RawPath path, String detail) {
    findings.accept(new QueueFinding(kind, path, detail));
  }
}
