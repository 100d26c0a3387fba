package org.mailkeep.engine.backup;

import org.mailkeep.mail.maildir.MessageName;
import org.mailkeep.model.FileName;

/**
 * A message, whatever flags its name tells. Neither alone tells messages apart: two files may have
 * one unique name, and one file several.
 *
 * @param base its unique name
 * @param inode its number in the file system
 */
record MessageFile(FileName base, long inode) implements Comparable<MessageFile> {

  static MessageFile of(FileName name, long inode) {
    return new MessageFile(MessageName.of(name).baseName(), inode);
  }

  static MessageFile of(Found found) {
    return of(found.name(), found.stat().inode());
  }

  @Override
  public int compareTo(MessageFile other) {
    int byBase = base.compareTo(other.base);
    return byBase != 0 ? byBase : Long.compareUnsigned(inode, other.inode);
  }
}
