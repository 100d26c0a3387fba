package org.mailkeep.engine.recover;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mailkeep.engine.history.HeaderReading;
import org.mailkeep.engine.history.MessageQuery;
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

  /** Those that a query asks for. */
  public MessageFilter matching(MessageQuery query) {
    return message -> {
      HeaderFacts facts = headers.read(message.recipe());
      Metadata metadata = message.entry().metadata();
      Instant time = Instant.ofEpochSecond(metadata.mtimeSeconds(), metadata.mtimeNanos());
      return query.fits(facts, message.size(), time);
    };
  }

  /** Those that have one of these base names. */
  public static MessageFilter named(Set<FileName> bases) {
    return message -> bases.contains(message.name().baseName());
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
