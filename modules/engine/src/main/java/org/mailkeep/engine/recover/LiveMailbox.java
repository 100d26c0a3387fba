package org.mailkeep.engine.recover;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.sort.FileNameCodec;
import org.mailkeep.engine.sort.SortSpace;
import org.mailkeep.engine.sort.SortedRuns;
import org.mailkeep.mail.mailbox.FolderName;
import org.mailkeep.mail.maildir.MaildirFolder;
import org.mailkeep.mail.maildir.MaildirNames;
import org.mailkeep.mail.maildir.MessageName;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.DirectoryEntry;
import org.mailkeep.unix.Errno;
import org.mailkeep.unix.FileStat;
import org.mailkeep.unix.FileType;

/**
 * A mailbox that is in use: mail comes, and programs move and delete messages, at any time. Below
 * its Maildir no link is ever followed. For one thread.
 */
final class LiveMailbox implements AutoCloseable {

  /** A mailbox in which something is moved all the time is not waited for for ever. */
  private static final int MOST_ROUNDS = 5;

  /** A change this shortly after another may leave a directory's time as it was, in seconds. */
  private static final int TIME_GRAIN = 2;

  private final Directory maildir;

  private LiveMailbox(Directory maildir) {
    this.maildir = maildir;
  }

  /** Is shown messages. */
  interface Visitor {
    /**
     * A message, or what was one when the directory was listed.
     *
     * @param part the directory that it is in: cur or new
     */
    void message(LiveFolder folder, Directory part, FileName name);
  }

  /**
   * Opens a Maildir; links on the way to it are followed.
   *
   * @throws NotFoundException where there is none
   */
  static LiveMailbox open(RawPath path) {
    Directory directory;
    try {
      directory = Directory.open(path);
    } catch (SystemCallException e) {
      if (e.errno() != Errno.ENOENT && e.errno() != Errno.ENOTDIR) {
        throw e;
      }
      throw missing("There is no mailbox " + path + " on this host");
    }
    if (isMaildir(directory)) {
      return new LiveMailbox(directory);
    }
    directory.close();
    throw missing(path + " is no Maildir: it has no cur, new and tmp");
  }

  private static NotFoundException missing(String what) {
    return new NotFoundException(
        what, "Name the live mailbox with --maildir DIR, or bring the whole back with 'restore'.");
  }

  private static boolean isMaildir(Directory directory) {
    for (FileName name : List.of(MaildirNames.CUR, MaildirNames.NEW, MaildirNames.TMP)) {
      Optional<FileType> type = directory.statIfPresent(name).map(FileStat::type);
      if (!type.equals(Optional.of(FileType.DIRECTORY))) {
        return false;
      }
    }
    return true;
  }

  /** The Maildir itself. */
  Directory maildir() {
    return maildir;
  }

  /** Its folders now, the INBOX first. */
  List<LiveFolder> folders() {
    List<LiveFolder> folders = new ArrayList<>(List.of(LiveFolder.INBOX));
    maildir.list().stream()
        .map(DirectoryEntry::name)
        .filter(MaildirFolder::isFolderName)
        .sorted()
        .filter(this::isFolder)
        .forEach(name -> folders.add(new LiveFolder(FolderName.of(name), Optional.of(name))));
    return folders;
  }

  private boolean isFolder(FileName name) {
    try (Directory folder = maildir.openDirectory(name)) {
      return isMaildir(folder);
    } catch (SystemCallException e) {
      if (isGone(e)) {
        return false;
      }
      throw e;
    }
  }

  /** Whether something is no longer there, or is a link or a file in the place of a directory. */
  static boolean isGone(SystemCallException e) {
    return e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR || e.errno() == Errno.ELOOP;
  }

  /** A folder of this name. */
  Optional<LiveFolder> folder(FolderName name) {
    return folders().stream().filter(folder -> folder.name().equals(name)).findFirst();
  }

  /** The charset that names of folders are in, as far as those that there are can tell. */
  MaildirFolder.Charset charset() {
    return folders().stream()
        .flatMap(folder -> folder.directory().stream())
        .flatMap(name -> MaildirFolder.charset(name).stream())
        .findFirst()
        .orElse(MaildirFolder.Charset.MODIFIED_UTF_7);
  }

  /**
   * Shows every message, some of them twice or more. One that goes from folder to folder meanwhile
   * may be in neither when that is listed, so what has changed is listed again until nothing has.
   *
   * @param space for the names of large folders
   */
  void forEach(Visitor visitor, Cancellation cancellation, SortSpace space) {
    Map<String, FileStat> listed = new HashMap<>();
    boolean changed = true;
    for (int round = 0; changed && round < MOST_ROUNDS; round++) {
      changed = false;
      for (LiveFolder folder : folders()) {
        for (FileName part : List.of(MaildirNames.NEW, MaildirNames.CUR)) {
          cancellation.check();
          changed |= list(folder, part, listed, visitor, space);
        }
      }
    }
  }

  /** Lists one directory, unless it is as it was; gives whether it was listed. */
  private boolean list(
      LiveFolder folder,
      FileName part,
      Map<String, FileStat> listed,
      Visitor visitor,
      SortSpace space) {
    try (Directory open = folder.open(maildir);
        Directory directory = open.openDirectory(part)) {
      FileStat now = directory.stat();
      FileStat before = listed.put(folder.directory() + "/" + part, now);
      if (before != null && isSame(before, now) && !isFresh(now)) {
        return false;
      }
      try (SortedRuns<FileName> names =
          space.sort(Comparator.naturalOrder(), FileNameCodec.NAMES)) {
        directory.forEachName(
            (bytes, length, _, type) -> {
              FileName name = FileName.of(bytes, 0, length);
              boolean file = type == null || type == FileType.REGULAR;
              if (file && MessageName.isMessage(name)) {
                names.add(name);
              }
            });
        names.forEach(name -> visitor.message(folder, directory, name));
      }
      return true;
    } catch (SystemCallException e) {
      if (isGone(e)) {
        return false;
      }
      throw e;
    }
  }

  private static boolean isSame(FileStat a, FileStat b) {
    return a.inode() == b.inode()
        && a.mtimeSeconds() == b.mtimeSeconds()
        && a.mtimeNanos() == b.mtimeNanos();
  }

  private static boolean isFresh(FileStat stat) {
    return stat.mtimeSeconds() + TIME_GRAIN > System.currentTimeMillis() / 1000;
  }

  @Override
  public void close() {
    maildir.close();
  }
}
