package org.mailkeep.cli.options;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mailkeep.engine.history.HistoryQuery;
import org.mailkeep.engine.history.KnownMailbox;
import org.mailkeep.engine.history.MessageQuery;
import org.mailkeep.engine.history.TextPattern;
import org.mailkeep.mail.mailbox.FolderName;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.repository.snapshot.SnapshotQuery;
import picocli.CommandLine.Option;

/** Which messages are wanted. */
public final class MessageOptions {

  @Option(names = "--from", paramLabel = "WORDS", description = "Sender: name or address.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "WORDS", description = "Recipient, Cc among them.")
  private @Nullable String to;

  @Option(names = "--subject", paramLabel = "WORDS", description = "Words of the subject.")
  private @Nullable String subject;

  @Option(
      names = "--attachment",
      paramLabel = "WORDS",
      description = "Words of an attached file's name.")
  private @Nullable String attachment;

  @Option(names = "--message-id", paramLabel = "ID", description = "This Message-ID.")
  private @Nullable String messageId;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Dated TIME or later, such as 2026-11-20 or 2026-11-20T14:00.")
  private @Nullable String since;

  @Option(names = "--before", paramLabel = "TIME", description = "Dated earlier than TIME.")
  private @Nullable String before;

  @Option(
      names = "--larger",
      paramLabel = "SIZE",
      converter = ByteSize.Converter.class,
      description = "Of SIZE bytes or more, such as 500K or 2M.")
  private @Nullable ByteSize larger;

  @Option(
      names = "--smaller",
      paramLabel = "SIZE",
      converter = ByteSize.Converter.class,
      description = "Of SIZE bytes or less.")
  private @Nullable ByteSize smaller;

  @Option(
      names = "--mailbox",
      paramLabel = "MAILBOX",
      description = "In user@domain, in all of @domain, or in the Maildir at a path.")
  private @Nullable String mailbox;

  @Option(
      names = "--folder",
      paramLabel = "NAME",
      description = "That are or were in this folder, such as INBOX or Archive/2026.")
  private @Nullable String folder;

  @Option(names = "--deleted", description = "Only those that the last snapshot does not have.")
  private boolean deleted;

  @Option(
      names = "--deleted-since",
      paramLabel = "TIME",
      description = "Only those that snapshots from TIME on miss.")
  private @Nullable String deletedSince;

  /**
   * Checks what can be checked without a repository.
   *
   * @throws UsageException where nothing is asked for, or something means nothing
   */
  public void check() {
    MessageQuery message = message();
    boolean none = message.equals(MessageQuery.ALL) && mailbox == null && folder().isEmpty();
    if (none && !deleted && moment(deletedSince).isEmpty()) {
      throw new UsageException(
          "There is no condition, so every message would be found",
          "Say what to look for, such as --from, --subject or --mailbox.");
    }
  }

  /**
   * What is asked for.
   *
   * @param mailboxes finds those that a text means
   */
  public HistoryQuery query(Function<String, List<KnownMailbox>> mailboxes) {
    return new HistoryQuery(
        message(),
        Optional.ofNullable(mailbox).map(mailboxes),
        folder(),
        deleted,
        moment(deletedSince));
  }

  private MessageQuery message() {
    return new MessageQuery(
        Optional.ofNullable(from).map(TextPattern::of),
        Optional.ofNullable(to).map(TextPattern::of),
        Optional.ofNullable(subject).map(TextPattern::of),
        Optional.ofNullable(attachment).map(TextPattern::of),
        Optional.ofNullable(messageId).map(MessageQuery::bare),
        moment(since),
        moment(before),
        Optional.ofNullable(larger).map(ByteSize::bytes),
        Optional.ofNullable(smaller).map(ByteSize::bytes));
  }

  private Optional<FolderName> folder() {
    return Optional.ofNullable(folder).map(MessageOptions::folder);
  }

  /**
   * A folder as people name it.
   *
   * @throws UsageException where no folder can be named so
   */
  public static FolderName folder(String text) {
    return FolderName.parse(text)
        .orElseThrow(
            () ->
                new UsageException(
                    "'" + text + "' is no name of a folder",
                    "Write it as the mail program shows it, such as Archive/2026 or INBOX."));
  }

  private static Optional<Instant> moment(@Nullable String text) {
    return Optional.ofNullable(text)
        .map(time -> new SnapshotQuery(ZoneId.systemDefault()).parseStart(time));
  }
}
