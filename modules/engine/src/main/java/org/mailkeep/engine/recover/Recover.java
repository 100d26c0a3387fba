package org.mailkeep.engine.recover;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.mail.maildir.MessageName;
import org.mailkeep.model.FileName;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.FileStat;
import org.mailkeep.unix.FileType;
import org.mailkeep.unix.Input;

/**
 * Brings back what a mailbox had once and has no longer. A message is there if any folder of the
 * live mailbox has its base name or its very content. Names are compared first; of the live
 * messages only those are read that have the size of one that is missing by name.
 */
public final class Recover {

  private final StoredMailbox stored;
  private final ContentReader content;
  private final RecoverSettings settings;
  private final RecoverObserver observer;
  private final Cancellation cancellation;

  /**
   * A recovery.
   *
   * @param content reads the messages
   */
  public Recover(
      StoredMailbox stored,
      ContentReader content,
      RecoverSettings settings,
      RecoverObserver observer,
      Cancellation cancellation) {
    this.stored = stored;
    this.content = content;
    this.settings = settings;
    this.observer = observer;
    this.cancellation = cancellation;
  }

  /**
   * What a recovery did, or would do.
   *
   * @param stored how many messages the snapshot has in the folders asked for
   * @param present how many of those are in the live mailbox, or were not asked for
   * @param recovered how many were not, and are now
   * @param bytes their sizes
   * @param problems how many could not be delivered
   */
  public record Report(long stored, long present, long recovered, long bytes, long problems) {}

  /** Says what is missing; changes nothing. */
  public Report dryRun() {
    return run(Optional.empty());
  }

  /** Delivers what is missing. It is on disk when this returns. */
  public Report run() {
    try (LiveMailbox live = LiveMailbox.open(settings.maildir())) {
      MailOwner.of(live.maildir()).requirePossible(settings.maildir());
    }
    return run(Optional.of(new UniqueNames(settings.host())));
  }

  private Report run(Optional<UniqueNames> names) {
    List<StoredMailbox.Folder> folders = folders();
    try (LiveMailbox live = LiveMailbox.open(settings.maildir());
        MessageTable table = new MessageTable()) {
      live.forEach((_, _, name) -> table.addPresent(baseName(name)), cancellation, table.space());
      Tally tally = new Tally();
      for (int i = 0; i < folders.size(); i++) {
        int number = i;
        stored.forEach(
            folders.get(i), cancellation, message -> compareName(number, message, table, tally));
      }
      if (table.missing() > 0) {
        live.forEach(
            (_, part, name) -> compareContent(part, name, table), cancellation, table.space());
        observer.planned(table.missing());
        deliver(folders, live, table, tally, names);
      }
      return tally.report();
    }
  }

  private List<StoredMailbox.Folder> folders() {
    List<StoredMailbox.Folder> folders = new ArrayList<>();
    for (StoredMailbox.Folder folder : stored.folders()) {
      if (settings.folder().map(wanted -> isIn(folder, wanted)).orElse(true)) {
        folders.add(folder);
      }
    }
    if (folders.isEmpty()) {
      throw new NotFoundException(
          "The snapshot's mailbox has no folder "
              + settings.folder().map(Object::toString).orElse("at all"),
          "It has: "
              + String.join(", ", stored.folderNames().stream().map(Object::toString).toList()));
    }
    return folders;
  }

  /** The INBOX stands for itself alone, for all is below it. */
  private static boolean isIn(
      StoredMailbox.Folder folder, org.mailkeep.mail.mailbox.FolderName wanted) {
    return wanted.isInbox() ? folder.name().isInbox() : folder.name().startsWith(wanted);
  }

  private static FileName baseName(FileName name) {
    return MessageName.of(name).baseName();
  }

  private void compareName(int folder, StoredMessage message, MessageTable table, Tally tally) {
    tally.stored++;
    try {
      if (table.isPresent(message.name().baseName()) || !settings.wanted().wants(message)) {
        tally.present++;
      } else {
        table.addMissing(folder, message);
      }
    } catch (UnreadableException e) {
      tally.problems++;
      observer.problem(told(message) + " was not recovered: " + e.getMessage());
    }
  }

  private static String told(StoredMessage message) {
    return "Message " + message.entry().name() + " of " + message.folder();
  }

  /** Notes a live message's content where its size is that of a missing one. */
  private void compareContent(Directory part, FileName name, MessageTable table) {
    FileName base = baseName(name);
    table.addPresent(base);
    if (table.isDigested(base)) {
      return;
    }
    try {
      Optional<FileStat> stat = part.statIfPresent(name);
      boolean candidate =
          stat.isPresent()
              && stat.get().type() == FileType.REGULAR
              && table.isWantedSize(stat.get().size());
      if (candidate) {
        Optional<Input> opened = part.openFileIfPresent(name);
        if (opened.isPresent()) {
          try (Input input = opened.get()) {
            table.addContent(base, stat.get().size(), ContentDigest.of(input));
          }
        }
      }
    } catch (SystemCallException e) {
      // It is no message any more: a program moved it while it was looked at.
      if (!LiveMailbox.isGone(e)) {
        throw e;
      }
    }
  }

  private void deliver(
      List<StoredMailbox.Folder> folders,
      LiveMailbox live,
      MessageTable table,
      Tally tally,
      Optional<UniqueNames> names) {
    try (Deliveries deliveries =
        new Deliveries(stored, live, content, settings.into(), observer, names)) {
      table.forEachMissing(
          (number, isNew, name) -> {
            cancellation.check();
            StoredMailbox.Folder folder = folders.get(number);
            StoredMessage message = stored.find(folder, isNew, name).orElseThrow();
            deliver(folder, message, table, tally, deliveries);
          });
    }
  }

  private void deliver(
      StoredMailbox.Folder folder,
      StoredMessage message,
      MessageTable table,
      Tally tally,
      Deliveries deliveries) {
    try {
      if (isPresent(message, table)) {
        tally.present++;
        return;
      }
      deliveries.deliver(folder, message);
      tally.recovered++;
      tally.bytes += message.size();
    } catch (UnreadableException e) {
      tally.problems++;
      observer.problem(told(message) + " was not recovered: " + e.getMessage());
    }
  }

  private boolean isPresent(StoredMessage message, MessageTable table) {
    return table.isPresent(message.name().baseName())
        || (table.hasContentOf(message.size())
            && table.hasContent(message.size(), ContentDigest.of(message, content)));
  }

  /** The sums of a report. */
  private static final class Tally {
    private long stored;
    private long present;
    private long recovered;
    private long bytes;
    private long problems;

    Report report() {
      return new Report(stored, present, recovered, bytes, problems);
    }
  }
}
