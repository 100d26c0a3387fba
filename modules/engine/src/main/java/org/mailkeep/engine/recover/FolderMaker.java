package org.mailkeep.engine.recover;

import java.util.List;
import java.util.Optional;
import org.mailkeep.mail.mailbox.FolderName;
import org.mailkeep.mail.maildir.MaildirFolder;
import org.mailkeep.mail.maildir.MaildirNames;
import org.mailkeep.model.FileName;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.Errno;

/**
 * Makes Maildir++ folders as mail servers do. A folder is made complete in {@code tmp}, where no
 * server looks for folders, and then gets its name at once; one that an interrupted run left there
 * is completed.
 */
final class FolderMaker {

  /** The empty file that tells programs that quota and shares are those of the directory above. */
  private static final FileName MARKER = FileName.of("maildirfolder");

  private final LiveMailbox live;
  private final MailOwner owner;
  private final int fileMode;

  /**
   * @param fileMode the mode of files in the mailbox
   */
  FolderMaker(LiveMailbox live, MailOwner owner, int fileMode) {
    this.live = live;
    this.owner = owner;
    this.fileMode = fileMode;
  }

  /**
   * Makes a folder.
   *
   * @throws RefusedException where something else has its name
   */
  LiveFolder make(FolderName name) {
    FileName directory = MaildirFolder.directory(name.path(), live.charset());
    if (!directory.isComponent()) {
      throw new RefusedException(
          "The name of the folder " + name + " is too long", "Nothing was written. Shorten it.");
    }
    Directory maildir = live.maildir();
    FileName temporary = FileName.of("mailkeep" + directory.text());
    try (Directory tmp = maildir.openDirectory(MaildirNames.TMP)) {
      fill(tmp, temporary);
      tmp.renameNoReplace(temporary, maildir, directory);
    } catch (SystemCallException e) {
      if (e.errno() == Errno.EEXIST) {
        throw new RefusedException(
            maildir.path().resolve(directory) + " is in the way: it is no folder of mail",
            "Move it away, or name another folder with --into.",
            e);
      }
      throw e;
    }
    maildir.sync();
    return new LiveFolder(name, Optional.of(directory));
  }

  private void fill(Directory tmp, FileName name) {
    Directory maildir = live.maildir();
    int mode = maildir.stat().mode();
    owner.makeDirectory(tmp, name, mode);
    try (Directory folder = tmp.openDirectory(name)) {
      for (FileName part : List.of(MaildirNames.CUR, MaildirNames.NEW, MaildirNames.TMP)) {
        owner.makeDirectory(folder, part, maildir.stat(part).mode());
      }
      if (folder.statIfPresent(MARKER).isEmpty()) {
        try (var file = folder.createFile(MARKER, fileMode)) {
          owner.give(file);
          file.mode(fileMode);
          file.sync();
        }
      }
      folder.sync();
    }
  }
}
