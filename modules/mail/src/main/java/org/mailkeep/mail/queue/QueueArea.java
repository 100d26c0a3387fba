package org.mailkeep.mail.queue;

import java.util.Locale;
import org.mailkeep.model.FileName;

/** The directories of a queue (hier.c), and what stands in each (INTERNALS). */
public enum QueueArea {
  /** The messages themselves. */
  MESS(QueueUser.QUEUE, 0750, 0644, Split.ALWAYS),
  /** Envelope senders; the modification time says how long a message has been here. */
  INFO(QueueUser.SEND, 0700, 0600, Split.ALWAYS),
  /** Local recipients. */
  LOCAL(QueueUser.SEND, 0700, 0600, Split.ALWAYS),
  /** Remote recipients. */
  REMOTE(QueueUser.SEND, 0700, 0600, Split.ALWAYS),
  /** Envelopes that qmail-send has not seen yet. */
  TODO(QueueUser.QUEUE, 0750, 0644, Split.BIG_TODO),
  /** Envelopes under construction. */
  INTD(QueueUser.QUEUE, 0700, 0644, Split.BIG_TODO),
  /** Permanent failures that are still to be told. */
  BOUNCE(QueueUser.SEND, 0700, 0600, Split.NEVER),
  /** Names that are in use for a moment. */
  PID(QueueUser.QUEUE, 0700, 0644, Split.NEVER),
  /** Not for messages: the table of timeouts, the lock and the trigger. */
  LOCK(QueueUser.QUEUE, 0750, 0600, Split.NEVER);

  private enum Split {
    ALWAYS,
    BIG_TODO,
    NEVER
  }

  private final QueueUser owner;
  private final int mode;
  private final int fileMode;
  private final Split split;

  QueueArea(QueueUser owner, int mode, int fileMode, Split split) {
    this.owner = owner;
    this.mode = mode;
    this.fileMode = fileMode;
    this.split = split;
  }

  /** The name of its directory. */
  public FileName directory() {
    return FileName.of(name().toLowerCase(Locale.ROOT));
  }

  /** Who owns it and what is in it. */
  public QueueUser owner() {
    return owner;
  }

  /** The mode of its directories. */
  public int mode() {
    return mode;
  }

  /** The mode of a message's file in it. */
  public int fileMode() {
    return fileMode;
  }

  /** Whether its files are named after messages. */
  public boolean holdsMessages() {
    return this != PID && this != LOCK;
  }

  /** Whether it is split in every queue. */
  public boolean isAlwaysSplit() {
    return split == Split.ALWAYS;
  }

  boolean isSplit(boolean bigTodo) {
    return split == Split.ALWAYS || (bigTodo && split == Split.BIG_TODO);
  }
}
