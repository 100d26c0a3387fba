package org.mailkeep.engine.queue;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.mailkeep.mail.listing.EntryType;
import org.mailkeep.mail.queue.QueueItem;
import org.mailkeep.mail.queue.QueueLayout;
import org.mailkeep.mail.queue.QueueUser;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.account.AccountDatabase;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.DirectoryEntry;
import org.mailkeep.unix.FileStat;
import org.mailkeep.unix.FileType;
import org.mailkeep.unix.Flock;
import org.mailkeep.unix.Output;

/**
 * Makes an empty queue, or completes one that holds no mail: what is missing is made, what is there
 * gets its owner and mode. Where anything else is found, nothing is changed. Cut off at any step,
 * it can be run again.
 */
public final class QueueInit {

  /** The largest conf-split that is believed. */
  public static final int MOST_SPLIT = QueueLayout.MOST;

  static final int QUEUE_MODE = 0750;
  private static final FileName LOCK = FileName.of("lock");
  private static final FileName SENDMUTEX = FileName.of("sendmutex");

  private final QueueLayout layout;
  private final QueueOwners owners;
  private final Map<RawPath, QueueItem> items = new HashMap<>();

  /**
   * Queues for this host.
   *
   * @param split qmail's conf-split, 1 to {@link #MOST_SPLIT}
   * @param bigTodo whether qmail has the big-todo patch
   * @throws NotFoundException where the host lacks a user of qmail's
   */
  public QueueInit(int split, boolean bigTodo, AccountDatabase host) {
    this(new QueueLayout(split, bigTodo), QueueOwners.of(host));
  }

  QueueInit(QueueLayout layout, QueueOwners owners) {
    this.layout = layout;
    this.owners = owners;
    layout.items().forEach(item -> items.put(item.path(), item));
  }

  /**
   * Makes the queue; its parent must exist.
   *
   * @param queue an absolute path
   * @return how many directories and files were made
   * @throws RefusedException where something is there that an empty queue does not have, or
   *     qmail-send is running
   */
  public int make(RawPath queue) {
    FileName name = queue.names().getLast();
    int made = 0;
    try (Directory parent = Directory.open(queue.parent())) {
      if (parent.statIfPresent(name).isEmpty()) {
        parent.makeDirectory(name, 0700);
        made++;
      }
    }
    // Its name may be a link to a disk of its own.
    try (Directory directory = Directory.open(queue)) {
      made += items.size() - countExpected(directory, RawPath.of("."));
      try (Flock _ = lock(directory)) {
        QueueTree tree = new QueueTree(directory);
        layout.items().forEach(item -> put(tree, item));
        own(directory);
        directory.syncFileSystem();
      }
    }
    return made;
  }

  /** How much of an empty queue is there; refuses anything else. */
  private int countExpected(Directory directory, RawPath below) {
    int count = 0;
    for (DirectoryEntry entry : directory.list()) {
      RawPath path = below.resolve(entry.name());
      QueueItem item = items.get(path);
      FileType type = directory.stat(entry.name()).type();
      if (item == null || type != typeOf(item.type())) {
        throw new RefusedException(
            directory.path().resolve(entry.name()) + " has no place in an empty queue",
            "Nothing was changed. Move the old queue away first, or give its --split and --big-todo"
                + " if it only lacks parts.");
      }
      count++;
      if (type == FileType.DIRECTORY) {
        try (Directory child = directory.openDirectory(entry.name())) {
          count += countExpected(child, path);
        }
      }
    }
    return count;
  }

  /** Gives the queue itself to qmailq. */
  void own(Directory queue) {
    queue.owner(owners.uid(QueueUser.QUEUE), owners.group());
    queue.mode(QUEUE_MODE);
  }

  /** What qmail-send holds while it runs; made here where it is missing. */
  static Flock lock(Directory queue) {
    if (queue.statIfPresent(LOCK).isEmpty()) {
      queue.makeDirectory(LOCK, 0700);
    }
    try (Directory lock = queue.openDirectory(LOCK)) {
      return Flock.tryExclusiveOrCreate(lock, SENDMUTEX, 0600)
          .orElseThrow(
              () ->
                  new RefusedException(
                      "qmail-send is running on " + queue.path(),
                      "Nothing was changed. Stop qmail-send and run the command again."));
    }
  }

  /** Makes one item, or gives it its owner, mode and size. */
  void put(QueueTree queue, QueueItem item) {
    try (Directory parent = queue.parentOf(item.path())) {
      put(parent, item.path().names().getLast(), item);
    }
  }

  private void put(Directory parent, FileName name, QueueItem item) {
    Optional<FileStat> there = parent.statIfPresent(name);
    if (there.isPresent() && !item.takesSize(there.get().size())) {
      parent.unlink(name);
      there = Optional.empty();
    }
    if (there.isEmpty()) {
      make(parent, name, item);
    }
    parent.owner(name, owners.uid(item.owner()), owners.group());
    parent.mode(name, item.mode());
  }

  private static void make(Directory parent, FileName name, QueueItem item) {
    switch (item.type()) {
      case DIRECTORY -> parent.makeDirectory(name, 0700);
      case FIFO -> parent.makeNode(name, FileType.FIFO, 0600, 0, 0);
      default -> {
        try (Output file = parent.createFile(name, 0600)) {
          file.write(new byte[item.size()], 0, item.size());
        }
      }
    }
  }

  static FileType typeOf(EntryType type) {
    return switch (type) {
      case FILE -> FileType.REGULAR;
      case DIRECTORY -> FileType.DIRECTORY;
      case SYMLINK -> FileType.SYMLINK;
      case FIFO -> FileType.FIFO;
      case OTHER -> FileType.SOCKET;
    };
  }
}
