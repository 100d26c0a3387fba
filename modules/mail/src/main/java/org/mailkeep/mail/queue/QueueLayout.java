package org.mailkeep.mail.queue;

import java.util.ArrayList;
import java.util.List;
import org.mailkeep.mail.listing.EntryType;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;

/**
 * How a queue is laid out, which is compiled into qmail: message 457 of a queue split into 23 is
 * {@code mess/20/457}.
 *
 * @param split conf-split, at least 1; 23 unless qmail was built otherwise
 * @param bigTodo whether {@code todo} and {@code intd} are split too (the big-todo patch)
 */
public record QueueLayout(int split, boolean bigTodo) {

  /** The largest split that is believed. */
  public static final int MOST = 100_000;

  /** The table of timeouts: 64 records of 16 bytes (tcpto.c). */
  private static final int TCPTO_BYTES = 1024;

  /** Checks the split. */
  public QueueLayout {
    if (split < 1 || split > MOST) {
      throw new IllegalArgumentException("a queue is split into 1 to " + MOST + ": " + split);
    }
  }

  /** Whether the files of an area stand in numbered directories. */
  public boolean isSplit(QueueArea area) {
    return area.isSplit(bigTodo);
  }

  /** The directories of an area in which files stand, below the queue. */
  public List<RawPath> folders(QueueArea area) {
    RawPath directory = RawPath.of(area.directory().bytes());
    if (!isSplit(area)) {
      return List.of(directory);
    }
    List<RawPath> folders = new ArrayList<>(split);
    for (int i = 0; i < split; i++) {
      folders.add(directory.resolve(FileName.of(Integer.toString(i))));
    }
    return folders;
  }

  /** Where an area keeps a message's file, below the queue. */
  public RawPath file(QueueArea area, long id) {
    RawPath directory = RawPath.of(area.directory().bytes());
    RawPath folder =
        isSplit(area)
            ? directory.resolve(FileName.of(Long.toString(Long.remainderUnsigned(id, split))))
            : directory;
    return folder.resolve(FileName.of(Long.toUnsignedString(id)));
  }

  /** All that an empty queue has below its own directory, parents first. */
  public List<QueueItem> items() {
    List<QueueItem> items = new ArrayList<>();
    for (QueueArea area : QueueArea.values()) {
      items.add(directory(area, RawPath.of(area.directory().bytes())));
      if (isSplit(area)) {
        folders(area).forEach(folder -> items.add(directory(area, folder)));
      }
    }
    items.add(
        new QueueItem(
            RawPath.of("lock/tcpto"), EntryType.FILE, QueueUser.REMOTE, 0644, TCPTO_BYTES));
    items.add(new QueueItem(RawPath.of("lock/sendmutex"), EntryType.FILE, QueueUser.SEND, 0600, 0));
    items.add(new QueueItem(RawPath.of("lock/trigger"), EntryType.FIFO, QueueUser.SEND, 0622, 0));
    return items;
  }

  private static QueueItem directory(QueueArea area, RawPath path) {
    return new QueueItem(path, EntryType.DIRECTORY, area.owner(), area.mode(), 0);
  }
}
