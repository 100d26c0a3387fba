package org.mailkeep.engine.recover;

import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.unix.Credentials;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.FileStat;
import org.mailkeep.unix.OpenNode;

/**
 * To whom what is made in a mailbox belongs.
 *
 * @param uid the owner, unsigned 32 bits
 * @param gid the group, unsigned 32 bits
 */
record MailOwner(int uid, int gid) {

  /** The owner of a directory. */
  static MailOwner of(Directory directory) {
    FileStat stat = directory.stat();
    return new MailOwner(stat.uid(), stat.gid());
  }

  /**
   * Refuses where this process cannot make files that belong to them.
   *
   * @throws RefusedException where it cannot
   */
  void requirePossible(RawPath mailbox) {
    Credentials credentials = Credentials.current();
    boolean possible =
        credentials.mayChangeOwner()
            || (credentials.effectiveUid() == uid && credentials.groups().contains(gid));
    if (!possible) {
      throw new RefusedException(
          mailbox
              + " belongs to "
              + Integer.toUnsignedString(uid)
              + ":"
              + Integer.toUnsignedString(gid)
              + ", and you may not give files to them",
          "Nothing was written. Run it as root, or as that user.");
    }
  }

  /** Makes what is open theirs, where it is not yet. */
  void give(OpenNode node) {
    FileStat stat = node.stat();
    if (stat.uid() != uid || stat.gid() != gid) {
      node.owner(uid, gid);
    }
  }

  /** Makes a directory theirs, of exactly this mode; one that is there already is put right. */
  void makeDirectory(Directory in, FileName name, int mode) {
    if (in.statIfPresent(name).isEmpty()) {
      in.makeDirectory(name, mode);
    }
    try (Directory made = in.openDirectory(name)) {
      give(made);
      made.mode(mode);
    }
  }
}
