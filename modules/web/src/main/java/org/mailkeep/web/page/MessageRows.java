package org.mailkeep.web.page;

import static org.mailkeep.web.html.Html.element;
import static org.mailkeep.web.html.Html.link;
import static org.mailkeep.web.html.Html.text;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mailkeep.engine.history.HeaderReading;
import org.mailkeep.engine.recover.StoredMessage;
import org.mailkeep.mail.header.HeaderFacts;
import org.mailkeep.model.Units;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.web.html.Html;
import org.mailkeep.web.html.Link;

/** Lists of messages. */
final class MessageRows {

  /** What the flags of maildir(5) mean to people; one that is read has none. */
  private static final Map<Character, String> FLAGS =
      new TreeMap<>(
          Map.of(
              'F', "flagged",
              'R', "answered",
              'P', "forwarded",
              'D', "draft",
              'T', "trashed"));

  private MessageRows() {}

  /**
   * A message in a list.
   *
   * @param link to it
   * @param from who wrote it
   * @param subject about what
   * @param date when
   * @param size in bytes
   * @param unread whether it is not read
   * @param notes what else there is to say
   */
  record Line(
      Link link,
      String from,
      String subject,
      Instant date,
      long size,
      boolean unread,
      List<String> notes) {

    /** Copies the list. */
    Line {
      notes = List.copyOf(notes);
    }

    /** A message of a folder; where it is damaged, what its file tells. */
    static Line of(Link link, StoredMessage message, HeaderReading headers) {
      String flags = message.name().flags();
      boolean unread = message.isNew() || flags.indexOf('S') < 0;
      try {
        HeaderFacts facts = headers.read(message.recipe());
        return new Line(
            link,
            facts.from(),
            facts.subject(),
            facts.date().orElseGet(message::delivered),
            message.size(),
            unread,
            words(flags));
      } catch (UnreadableException e) {
        return new Line(
            link, "", "", message.delivered(), message.size(), unread, List.of("damaged"));
      }
    }
  }

  /** Flags in words. */
  static List<String> words(String flags) {
    return FLAGS.entrySet().stream()
        .filter(flag -> flags.indexOf(flag.getKey()) >= 0)
        .map(Map.Entry::getValue)
        .toList();
  }

  /** The list. */
  static Html list(List<Line> lines) {
    return element("ul", Html.of(lines.stream().map(MessageRows::row).toList())).as("messages");
  }

  private static Html row(Line line) {
    return element(
            "li",
            link(
                line.link(),
                element("span", Look.orElse(line.from(), "no sender")).as("from"),
                element(
                        "span",
                        line.unread() ? element("span", "unread: ").as("hidden") : Html.NOTHING,
                        Look.orElse(line.subject(), "no subject"),
                        Html.of(
                            line.notes().stream()
                                .map(note -> Html.of(text(" "), element("span", note).as("tag")))
                                .toList()))
                    .as("subject"),
                element("span", Units.size(line.size())).as("size"),
                Look.time(line.date())))
        .as(line.unread() ? "unread" : "read");
  }
}
