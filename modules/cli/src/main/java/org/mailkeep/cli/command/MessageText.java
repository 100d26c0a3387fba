package org.mailkeep.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import org.mailkeep.engine.history.History;
import org.mailkeep.engine.history.KnownMailbox;
import org.mailkeep.engine.history.KnownSnapshot;
import org.mailkeep.engine.history.MessageHeader;
import org.mailkeep.engine.history.MessagePlace;

/** Messages of the history, for people and programs. */
final class MessageText {

  private MessageText() {}

  /** A mailbox by its address, else by its path. */
  static String mailbox(KnownMailbox mailbox) {
    return History.address(mailbox).orElse(mailbox.path().text());
  }

  static String subject(MessageHeader header) {
    return header.subject().isEmpty() ? "(no subject)" : header.subject();
  }

  static String from(MessageHeader header) {
    return header.from().isEmpty() ? "(no sender)" : header.from();
  }

  static Map<String, Object> json(KnownSnapshot snapshot) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", snapshot.id().toString());
    members.put("time", snapshot.time().toString());
    return members;
  }

  static Map<String, Object> json(MessagePlace place) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("folder", place.folderName());
    members.put("new", place.fresh());
    members.put("flags", place.flags());
    return members;
  }

  static void addHeader(Map<String, Object> members, MessageHeader header) {
    members.put("messageId", header.messageId());
    members.put("from", header.from());
    members.put("to", header.to());
    members.put("subject", header.subject());
    members.put("attachments", header.attachments());
  }
}
