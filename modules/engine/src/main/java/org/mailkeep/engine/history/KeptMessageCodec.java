package org.mailkeep.engine.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailkeep.mail.header.HeaderFacts;
import org.mailkeep.model.FileName;
import org.mailkeep.model.encoding.ByteReader;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.model.encoding.MalformedException;

/** Messages, and the facts that they state, in the host state. */
final class KeptMessageCodec {

  /** A character takes at most three bytes, or four where it counts as two. */
  private static final int MAX_BYTES = 3 * (HeaderFacts.MAX_TEXT + 2);

  private KeptMessageCodec() {}

  static byte[] encode(KeptMessage message) {
    ByteWriter out = new ByteWriter(400);
    out.varint(message.mailbox()).bytes(message.base().bytes()).varint(message.size());
    out.signedVarint(message.delivered().getEpochSecond());
    write(out, message.facts());
    return out.toByteArray();
  }

  static KeptMessage decode(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    KeptMessage message =
        new KeptMessage(
            in.count(Integer.MAX_VALUE),
            FileName.of(in.bytes(FileName.MAX_LENGTH)),
            in.varint(),
            moment(in),
            read(in));
    in.end();
    return message;
  }

  /** A note of a backup: what a message says, and what tells its content from others. */
  static byte[] encodeFacts(long identity, HeaderFacts facts) {
    ByteWriter out = new ByteWriter(300).u64(identity);
    write(out, facts);
    return out.toByteArray();
  }

  /** Of which content a note is. */
  static long identity(byte[] note) {
    return new ByteReader(note).u64();
  }

  static HeaderFacts decodeFacts(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    in.u64();
    HeaderFacts facts = read(in);
    in.end();
    return facts;
  }

  private static void write(ByteWriter out, HeaderFacts facts) {
    facts
        .date()
        .ifPresentOrElse(date -> out.u8(1).signedVarint(date.getEpochSecond()), () -> out.u8(0));
    out.string(facts.from()).string(facts.to()).string(facts.subject()).string(facts.messageId());
    out.varint(facts.attachments().size());
    facts.attachments().forEach(out::string);
  }

  private static HeaderFacts read(ByteReader in) {
    int dated = in.u8();
    if (dated > 1) {
      throw new MalformedException("a date is neither there nor missing");
    }
    Optional<Instant> date = dated == 1 ? Optional.of(moment(in)) : Optional.empty();
    String from = in.string(MAX_BYTES);
    String to = in.string(MAX_BYTES);
    String subject = in.string(MAX_BYTES);
    String id = in.string(MAX_BYTES);
    List<String> attachments = new ArrayList<>();
    for (int left = in.count(HeaderFacts.MAX_ATTACHMENTS); left > 0; left--) {
      attachments.add(in.string(MAX_BYTES));
    }
    return new HeaderFacts(date, from, to, subject, id, attachments);
  }

  private static Instant moment(ByteReader in) {
    long seconds = in.signedVarint();
    if (seconds < Instant.MIN.getEpochSecond() || seconds > Instant.MAX.getEpochSecond()) {
      throw new MalformedException("a moment is out of all time");
    }
    return Instant.ofEpochSecond(seconds);
  }
}
