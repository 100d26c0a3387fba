package org.mailkeep.engine.mailbox;

import java.util.List;
import java.util.Optional;
import org.mailkeep.mail.maildir.MaildirNames;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;

/** Where mailboxes are looked for: a snapshot, or this host. Nothing is changed by looking. */
public interface MailStore {

  /** The directory that an absolute path leads to, links followed; empty where there is none. */
  Optional<Folder> folder(RawPath path);

  /** The content of the regular file that a path leads to, links followed, if it is no giant. */
  Optional<byte[]> file(RawPath path);

  /** A directory. */
  interface Folder {

    /** The path as the server sees it, without links on the way where that is known. */
    RawPath path();

    /** The names of directories in it, in order; links to some are none. */
    List<FileName> directories();

    /** Whether it has a directory of this name; a link is none. */
    boolean hasDirectory(FileName name);

    /** The directory of this name in it; a link is none. */
    Optional<Folder> child(FileName name);

    /** The content of a regular file in it, if it is no giant; a link is none. */
    Optional<byte[]> read(FileName name);

    /** Whether it has {@code cur}, {@code new} and {@code tmp}. */
    default boolean isMaildir() {
      return hasDirectory(MaildirNames.CUR)
          && hasDirectory(MaildirNames.NEW)
          && hasDirectory(MaildirNames.TMP);
    }
  }
}
