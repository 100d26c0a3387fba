package org.mailkeep.service.notify;

import java.util.List;

/**
 * What a channel is told.
 *
 * @param subject one line
 * @param lines the text
 * @param bad the titles of steps with which something is wrong that was well before
 * @param well those that are well again
 * @param digest whether this is a summary, and nothing has changed
 */
public record Message(
    String subject, List<String> lines, List<String> bad, List<String> well, boolean digest) {

  /** Copies the lists. */
  public Message {
    lines = List.copyOf(lines);
    bad = List.copyOf(bad);
    well = List.copyOf(well);
  }
}
