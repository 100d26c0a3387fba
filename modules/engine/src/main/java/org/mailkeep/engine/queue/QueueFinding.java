package org.mailkeep.engine.queue;

import java.util.Locale;
import org.mailkeep.model.RawPath;

/**
 * Something that is wrong with a queue.
 *
 * @param kind what
 * @param path where, below the queue
 * @param detail how it is and how it should be, as words
 */
public record QueueFinding(Kind kind, RawPath path, String detail) {

  /** What can be wrong. */
  public enum Kind {
    /** A part that every queue has is not there. */
    MISSING,
    /** A directory is a file, or the like. */
    WRONG_TYPE,
    /** Another user or group. */
    WRONG_OWNER,
    /** Other permissions. */
    WRONG_MODE,
    /** Another size. */
    WRONG_SIZE,
    /** A message whose name is not its inode number: it was copied or restored. */
    WRONG_NUMBER,
    /** In another of the split directories than its number says. */
    WRONG_FOLDER,
    /** It belongs to a message that is not there. */
    ORPHAN,
    /** A message in a state that qmail never leaves behind: nobody will deliver it. */
    BROKEN,
    /** No name that a queue has. */
    UNKNOWN;

    /** For people and programs: {@code wrong-number}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
