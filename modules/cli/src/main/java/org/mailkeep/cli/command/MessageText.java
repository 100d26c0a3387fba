package org.mailkeep.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import org.mailkeep.engine.history.History;
import org.mailkeep.engine.history.KnownMailbox;
import org.mailkeep.engine.history.KnownSnapshot;
import org.mailkeep.engine.history.MessagePlace;
import org.mailkeep.mail.header.HeaderFacts;

/** Messages of the history, for people and programs. */
final class MessageText {

  private MessageText() {}

  /** A mailbox by its address, else by its path. */
  static String mailbox(KnownMailbox mailbox) {
    return History.address(mailbox).map(Object::toString).orElse(mailbox.path().text());
  }

  static String subject(HeaderFacts facts) {
    return facts.subject().isEmpty() ? "(no subject)" : facts.subject();
  }

  static String from(HeaderFacts facts) {
    return facts.from().isEmpty() ? "(no sender)" : facts.from();
  }

  static Map<String, Object> json(KnownSnapshot snapshot) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", snapshot.id().toString());
    members.put("time", snapshot.time().toString());
    return members;
  }

  static Map<String, Object> json(MessagePlace place) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("folder", place.name().toString());
    members.put("new", place.fresh());
    members.put("flags", place.flags());
    return members;
  }

  static void addFacts(Map<String, Object> members, HeaderFacts facts) {
    members.put("messageId", facts.messageId());
    members.put("from", facts.from());
    members.put("to", facts.to());
    members.put("subject", facts.subject());
    members.put("attachments", facts.attachments());
  }
}
