package org.mailkeep.cli.options;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailkeep.engine.history.MessageQuery;
import org.mailkeep.engine.history.TextPattern;
import org.mailkeep.repository.snapshot.SnapshotQuery;
import picocli.CommandLine.Option;

/** Which messages are wanted, by what they say of themselves. */
public final class QueryOptions {

  @Option(
      names = "--query",
      paramLabel = "WORDS",
      description = "Words of the sender, the recipients, the subject or an attachment's name.")
  private @Nullable String any;

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

  /**
   * What is asked for.
   *
   * @throws org.mailkeep.model.error.UsageException where something means nothing
   */
  public MessageQuery query() {
    return new MessageQuery(
        Optional.ofNullable(from).map(TextPattern::of),
        Optional.ofNullable(to).map(TextPattern::of),
        Optional.ofNullable(subject).map(TextPattern::of),
        Optional.ofNullable(attachment).map(TextPattern::of),
        Optional.ofNullable(messageId).map(MessageQuery::bare),
        moment(since),
        moment(before),
        Optional.ofNullable(larger).map(ByteSize::bytes),
        Optional.ofNullable(smaller).map(ByteSize::bytes),
        Optional.ofNullable(any).map(TextPattern::of));
  }

  static Optional<Instant> moment(@Nullable String text) {
    return Optional.ofNullable(text)
        .map(time -> new SnapshotQuery(ZoneId.systemDefault()).parseStart(time));
  }
}
