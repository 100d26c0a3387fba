package org.mailkeep.engine.recover;

import java.util.List;
import java.util.Set;
import org.mailkeep.mail.maildir.MaildirFolder;
import org.mailkeep.model.FileName;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.DirectoryEntry;
import org.mailkeep.unix.FileType;

/** Folders of a Maildir of which nothing is left but their servers' records. */
final class EmptiedFolders {

  private final Directory maildir;
  private final List<String> records;

  /**
   * @param records the names of files that alone do not make a folder
   */
  EmptiedFolders(Directory maildir, List<String> records) {
    this.maildir = maildir;
    this.records = records;
  }

  /** Removes those that are no Maildirs any more and hold nothing else. */
  void removeAllBut(Set<FileName> kept) {
    for (DirectoryEntry entry : maildir.list()) {
      FileName name = entry.name();
      boolean folder = entry.type() == FileType.DIRECTORY && MaildirFolder.isFolderName(name);
      if (folder && !kept.contains(name)) {
        remove(name);
      }
    }
  }

  private void remove(FileName name) {
    try (Directory folder = maildir.openDirectory(name)) {
      List<FileName> left = folder.list().stream().map(DirectoryEntry::name).toList();
      if (left.isEmpty() || !left.stream().allMatch(file -> records.stream().anyMatch(file::is))) {
        return;
      }
      left.forEach(folder::unlink);
    }
    maildir.removeDirectory(name);
  }
}
