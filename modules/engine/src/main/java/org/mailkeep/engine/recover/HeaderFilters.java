package org.mailkeep.engine.recover;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailkeep.engine.history.HeaderReading;
import org.mailkeep.engine.history.MessageQuery;
import org.mailkeep.engine.history.TextPattern;
import org.mailkeep.mail.header.HeaderFacts;
import org.mailkeep.mail.maildir.MessageName;
import org.mailkeep.model.FileName;
import org.mailkeep.model.tree.Metadata;

/** Filters of messages by what their headers say, read when they are asked. For one thread. */
public final class HeaderFilters {

  private final HeaderReading headers;

  /** Reads headers so. */
  public HeaderFilters(HeaderReading headers) {
    this.headers = headers;
  }

  /**
   * Those whose sender, recipients, subject or name of an attachment has all of some words.
   *
   * @throws org.mailkeep.model.error.UsageException where there is no word
   */
  public MessageFilter words(String text) {
    Optional<TextPattern> pattern = Optional.of(TextPattern.of(text));
    Optional<TextPattern> none = Optional.empty();
    List<MessageQuery> queries =
        List.of(
            query(pattern, none, none, none),
            query(none, pattern, none, none),
            query(none, none, pattern, none),
            query(none, none, none, pattern));
    return message -> {
      HeaderFacts facts = headers.read(message.recipe());
      Metadata metadata = message.entry().metadata();
      Instant time = Instant.ofEpochSecond(metadata.mtimeSeconds(), metadata.mtimeNanos());
      return queries.stream().anyMatch(query -> query.fits(facts, message.size(), time));
    };
  }

  private static MessageQuery query(
      Optional<TextPattern> from,
      Optional<TextPattern> to,
      Optional<TextPattern> subject,
      Optional<TextPattern> attachment) {
    return new MessageQuery(
        from,
        to,
        subject,
        attachment,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * Those with one of some ids.
   *
   * @param ids Message-IDs, with or without angle brackets, or names of message files, with or
   *     without flags
   */
  public MessageFilter messages(List<String> ids) {
    Set<FileName> names = new HashSet<>();
    Set<String> bare = new HashSet<>();
    for (String id : ids) {
      names.add(MessageName.of(FileName.of(id)).baseName());
      bare.add(MessageQuery.bare(id));
    }
    return message ->
        names.contains(message.name().baseName())
            || bare.contains(headers.read(message.recipe()).messageId());
  }
}
