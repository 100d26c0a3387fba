package org.mailkeep.engine.diff;

import org.mailkeep.mail.maildir.MessageName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.tree.Entry;

/** What became of one message between two trees. */
public sealed interface MessageChange {

  /** Where it is, or was at last. */
  RawPath path();

  /**
   * It came.
   *
   * @param path its file
   * @param entry what it is
   */
  record Added(RawPath path, Entry entry) implements MessageChange {}

  /**
   * It is gone.
   *
   * @param path its file
   * @param entry what it was
   */
  record Deleted(RawPath path, Entry entry) implements MessageChange {}

  /**
   * It is in another folder; perhaps with other flags, perhaps under another unique name, as some
   * servers move.
   *
   * @param from its file before
   * @param path its file now
   * @param entry what it is
   */
  record Moved(RawPath from, RawPath path, Entry entry) implements MessageChange {}

  /**
   * It has other flags, or went from {@code new} to {@code cur} of its folder.
   *
   * @param from its file before
   * @param path its file now
   * @param entry what it is
   */
  record Flagged(RawPath from, RawPath path, Entry entry) implements MessageChange {
    /** The flags before. */
    public String before() {
      return MessageName.of(from.names().getLast()).flags();
    }

    /** The flags now. */
    public String after() {
      return MessageName.of(path.names().getLast()).flags();
    }
  }

  /**
   * Its file is another one under the same name, which no mail program does.
   *
   * @param path its file
   * @param entry what it is
   */
  record Altered(RawPath path, Entry entry) implements MessageChange {}
}
