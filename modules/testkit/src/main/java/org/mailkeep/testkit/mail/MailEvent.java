package org.mailkeep.testkit.mail;

import java.nio.file.Path;
import java.util.List;

/** What happened to a {@link MailTree}; all paths are absolute. */
public sealed interface MailEvent {

  /** One message came, into the {@code new} folders of one or several mailboxes. */
  record Delivered(Message message, List<Path> files) implements MailEvent {}

  /** A message got other flags, or was seen and went from {@code new} to {@code cur}. */
  record Flagged(Path from, Path to) implements MailEvent {}

  /** A message went to another folder of its mailbox; its inode and base name stayed. */
  record Moved(Path from, Path to) implements MailEvent {}

  /** A message was removed. */
  record Deleted(Path file) implements MailEvent {}
}
