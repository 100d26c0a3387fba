package org.mailkeep.engine.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What can happen to a message between two snapshots. */
public enum Happening {
  /** It was there when the mailbox was first backed up. */
  FOUND("found"),
  /** It is new in the mailbox. */
  DELIVERED("delivered"),
  /** It is back after it was gone. */
  RETURNED("returned"),
  /** It is in another folder. */
  MOVED("moved"),
  /** A mail program has seen that it is there: it went from new to cur. */
  NOTICED("noticed"),
  /** It has been read, flag S. */
  READ("read"),
  /** It counts as not read again. */
  UNREAD("unread"),
  /** It was answered, flag R. */
  ANSWERED("answered"),
  /** It counts as not answered again. */
  UNANSWERED("unanswered"),
  /** It was sent on, flag P. */
  FORWARDED("forwarded"),
  /** It counts as not sent on again. */
  UNFORWARDED("unforwarded"),
  /** The user marked it, flag F. */
  FLAGGED("flagged"),
  /** The mark is gone. */
  UNFLAGGED("unflagged"),
  /** It is to be removed with the next expunge, flag T. */
  TRASHED("trashed"),
  /** It is not to be removed any more. */
  UNTRASHED("untrashed"),
  /** It is a draft, flag D. */
  DRAFTED("drafted"),
  /** It is no draft any more. */
  UNDRAFTED("undrafted"),
  /** A label came or went: flags a to z. */
  LABELLED("labelled"),
  /** It is gone from the mailbox. */
  DELETED("deleted");

  private static final String FLAGS = "SRPFTD";
  private static final List<Happening> SET =
      List.of(READ, ANSWERED, FORWARDED, FLAGGED, TRASHED, DRAFTED);
  private static final List<Happening> UNSET =
      List.of(UNREAD, UNANSWERED, UNFORWARDED, UNFLAGGED, UNTRASHED, UNDRAFTED);

  private final String word;

  Happening(String word) {
    this.word = word;
  }

  /** The word for people and programs. */
  public String word() {
    return word;
  }

  /** What happened to a message that was at one place and then at another. */
  static List<Happening> between(MessagePlace before, MessagePlace after) {
    List<Happening> happenings = new ArrayList<>();
    if (!before.isSameFolder(after)) {
      happenings.add(MOVED);
    }
    for (int i = 0; i < FLAGS.length(); i++) {
      boolean was = before.flags().indexOf(FLAGS.charAt(i)) >= 0;
      boolean is = after.flags().indexOf(FLAGS.charAt(i)) >= 0;
      if (was != is) {
        happenings.add(is ? SET.get(i) : UNSET.get(i));
      }
    }
    if (!labels(before).equals(labels(after))) {
      happenings.add(LABELLED);
    }
    if (happenings.isEmpty() && before.fresh() != after.fresh()) {
      happenings.add(NOTICED);
    }
    return happenings;
  }

  private static String labels(MessagePlace place) {
    return place.flags().replaceAll("[^a-z]", "");
  }

  /** What happened by a state, after the one before it. */
  static List<Happening> of(Optional<LifeState> before, LifeState state, KnownMailbox mailbox) {
    Optional<MessagePlace> was = before.flatMap(LifeState::place);
    if (state.place().isEmpty()) {
      return List.of(DELETED);
    }
    if (was.isPresent()) {
      return between(was.get(), state.place().get());
    }
    if (before.isPresent()) {
      return List.of(RETURNED);
    }
    return List.of(state.snapshot() == mailbox.first() ? FOUND : DELIVERED);
  }
}
