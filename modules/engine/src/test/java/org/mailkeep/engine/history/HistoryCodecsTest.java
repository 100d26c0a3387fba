package org.mailkeep.engine.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailkeep.mail.header.HeaderFacts;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.FileName;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.encoding.MalformedException;
import org.mailkeep.testkit.property.Draw;
import org.mailkeep.testkit.property.Property;

class HistoryCodecsTest {

  private static FileName name(Draw draw) {
    byte[] bytes = draw.bytes(1 + draw.length(60));
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = bytes[i] == 0 || bytes[i] == '/' ? (byte) 'x' : bytes[i];
    }
    return FileName.of(bytes);
  }

  private static String text(Draw draw) {
    StringBuilder text = new StringBuilder();
    for (int left = draw.length(40); left > 0; left--) {
      text.append(draw.pick("a", "ü", "你", " ", "\ud83d\ude00"));
    }
    return text.toString();
  }

  private static HeaderFacts facts(Draw draw) {
    Optional<Instant> date =
        draw.flip()
            ? Optional.of(Instant.ofEpochSecond(draw.between(0L, 7_000_000_000L)))
            : Optional.empty();
    List<String> attachments = new ArrayList<>();
    for (int left = draw.length(HeaderFacts.MAX_ATTACHMENTS); left > 0; left--) {
      attachments.add(text(draw));
    }
    return new HeaderFacts(date, text(draw), text(draw), text(draw), text(draw), attachments);
  }

  private static Life life(Draw draw) {
    List<LifeState> states = new ArrayList<>();
    int snapshot = 0;
    for (int left = 1 + draw.length(20); left > 0; left--) {
      snapshot += draw.length(1000);
      FileName folder = draw.flip() ? MessagePlace.INBOX : name(draw);
      MessagePlace place = new MessagePlace(folder, draw.flip(), draw.pick("", "S", "RS"));
      states.add(
          new LifeState(snapshot, draw.between(0, 3) == 0 ? Optional.empty() : Optional.of(place)));
    }
    int mailbox = draw.between(0, 1 << 20);
    return new Life(
        mailbox, name(draw), draw.between(0, 1 << 30), draw.random().nextLong(), states);
  }

  @Test
  void a_message_is_read_as_it_was_written() {
    Property.check(
        2000,
        draw -> {
          KeptMessage message =
              new KeptMessage(
                  draw.between(0, 1 << 30),
                  name(draw),
                  draw.between(0L, 1L << 40),
                  Instant.ofEpochSecond(draw.between(-1L << 33, 1L << 33)),
                  facts(draw));
          byte[] bytes = KeptMessageCodec.encode(message);
          assertThat(KeptMessageCodec.decode(bytes)).isEqualTo(message);
          byte[] noted = KeptMessageCodec.encodeFacts(7, message.facts());
          assertThat(KeptMessageCodec.decodeFacts(noted)).isEqualTo(message.facts());
          for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThat(catchThrowable(() -> KeptMessageCodec.decode(cut)))
                .isInstanceOf(MalformedException.class);
          }
        });
  }

  @Test
  void a_life_is_read_as_it_was_written() {
    Property.check(
        2000,
        draw -> {
          Life life = life(draw);
          byte[] key = LifeCodec.key(life.mailbox(), life.base(), life.message());
          byte[] value = LifeCodec.value(life);
          assertThat(LifeCodec.decode(key, value)).isEqualTo(life);
          for (int length = 0; length < value.length; length++) {
            byte[] cut = Arrays.copyOf(value, length);
            assertThat(catchThrowable(() -> LifeCodec.decode(key, cut)))
                .isInstanceOf(MalformedException.class);
          }
        });
  }

  @Test
  void flipped_bits_are_an_error_or_another_life_and_never_a_crash() {
    Property.check(
        2000,
        draw -> {
          Life life = life(draw);
          byte[] value = LifeCodec.value(life);
          value[draw.between(0, value.length - 1)] ^= (byte) (1 << draw.between(0, 7));
          byte[] key = LifeCodec.key(life.mailbox(), life.base(), life.message());
          Throwable failure = catchThrowable(() -> LifeCodec.decode(key, value));
          if (failure != null) {
            assertThat(failure).isInstanceOf(MalformedException.class);
          }
        });
  }

  @Test
  void a_long_life_keeps_its_beginning_and_its_end() {
    Optional<MessagePlace> place = Optional.of(new MessagePlace(MessagePlace.INBOX, false, "S"));
    Life life =
        new Life(0, FileName.of("1.2.mx"), 0, 0, List.of(new LifeState(0, Optional.empty())));
    for (int i = 1; i <= 2 * Life.MAX_STATES; i++) {
      life = life.then(i, place);
    }
    assertThat(life.states()).hasSize(Life.MAX_STATES);
    assertThat(life.states().getFirst().snapshot()).isZero();
    assertThat(life.states().getLast().snapshot()).isEqualTo(2 * Life.MAX_STATES);
  }

  @Test
  void snapshots_and_mailboxes_are_read_as_they_were_written() {
    KnownSnapshot snapshot =
        new KnownSnapshot(
            7,
            new ObjectId(1, 2, 3, 4),
            Instant.parse("2026-11-20T14:00:00.123456789Z"),
            "mx1.example.com",
            List.of(RawPath.of("/home/vpopmail"), RawPath.of("/var/qmail")),
            new ChunkId(1, 2, 3),
            true);
    assertThat(KnownSnapshot.decode(7, snapshot.encode())).isEqualTo(snapshot);
    KnownMailbox mailbox =
        new KnownMailbox(9, "mx1", RawPath.of("/home/a/Maildir"), 1, 5, new ChunkId(4, 5, 6));
    assertThat(KnownMailbox.decode(9, mailbox.encode())).isEqualTo(mailbox);
  }
}
