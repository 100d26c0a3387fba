package org.mailkeep.mail.listing;

/** What a name in a directory stands for; symbolic links are not followed. */
public enum EntryType {
  /** A regular file. */
  FILE,
  /** A directory. */
  DIRECTORY,
  /** A symbolic link. */
  SYMLINK,
  /** A named pipe. */
  FIFO,
  /** A socket or a device. */
  OTHER
}
