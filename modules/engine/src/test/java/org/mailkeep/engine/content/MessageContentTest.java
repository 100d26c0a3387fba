package org.mailkeep.engine.content;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailkeep.crypto.FullKeys;
import org.mailkeep.crypto.KeySet;
import org.mailkeep.mail.message.RunKind;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.content.Base64Layout;
import org.mailkeep.model.content.LineEnd;
import org.mailkeep.model.content.Recipe;
import org.mailkeep.model.content.Segment;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.testkit.mail.MailGenerator;
import org.mailkeep.testkit.mail.Message;
import org.mailkeep.testkit.property.Mutations;
import org.mailkeep.testkit.property.Property;

class MessageContentTest {

  private static final KeySet KEYS = FullKeys.generate(new SecureRandom());

  private final ChunkMap chunks = new ChunkMap();
  private final ContentWriter writer = new ContentWriter(KEYS, chunks);
  private final ContentReader reader = new ContentReader(chunks);

  private Optional<ContentWriter.Stored> store(byte[] message, SplittableRandom random) {
    return writer.message(FileContentTest.pieces(message, random), message.length);
  }

  private void comesBack(byte[] message) {
    ContentWriter.Stored stored = store(message, new SplittableRandom(3)).orElseThrow();
    assertThat(stored.size()).isEqualTo(message.length);
    assertThat(reader.bytes(stored.recipe(), message.length)).isEqualTo(message);
  }

  /** A message with one attachment of noise, its lines ended by {@code end}. */
  private static byte[] withAttachment(int decoded, String end) {
    byte[] noise = new byte[decoded];
    new SplittableRandom(decoded).nextBytes(noise);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String head =
        "Return-Path: <a@example.org>\nSubject: x\nMIME-Version: 1.0\n"
            + "Content-Type: multipart/mixed; boundary=\"zz\"\n\n--zz\n"
            + "Content-Type: text/plain\n\nHello\n--zz\n"
            + "Content-Type: image/jpeg\nContent-Transfer-Encoding: base64\n\n";
    out.writeBytes(head.replace("\n", end).getBytes(US_ASCII));
    out.writeBytes(Base64.getMimeEncoder(76, end.getBytes(US_ASCII)).encode(noise));
    out.writeBytes((end + "--zz--" + end).getBytes(US_ASCII));
    return out.toByteArray();
  }

  @Test
  void messages_come_back_bit_for_bit() {
    Property.check(
        80,
        draw -> {
          MailGenerator mail = new MailGenerator(draw.random().nextLong());
          Message message = mail.next("a@example.org");
          byte[] file = message.deliveredTo("b@example.org", 77);
          // The size that the listing gave may be wrong by now.
          ContentWriter.Stored stored =
              writer
                  .message(
                      FileContentTest.pieces(file, draw.random()), draw.between(0, 2 * file.length))
                  .orElseThrow();
          assertThat(stored.size()).isEqualTo(file.length);
          assertThat(reader.bytes(stored.recipe(), file.length)).isEqualTo(file);
        });
  }

  @Test
  void what_is_no_message_comes_back_too() {
    comesBack(new byte[0]);
    comesBack(new byte[] {'\n'});
    comesBack("no header at all".getBytes(US_ASCII));
    Property.check(60, draw -> comesBack(draw.bytes(draw.length(300_000))));
  }

  @Test
  void damaged_messages_come_back_as_damaged_as_they_are() {
    byte[] message = withAttachment(3000, "\r\n");
    Mutations.of(message).limit(3000).forEach(mutation -> comesBack(mutation.bytes()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void large_attachments_are_stored_decoded_and_come_back(String lineEnd) {
    for (int size : new int[] {700_000, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 9 << 20}) {
      byte[] message = withAttachment(size, lineEnd);
      ContentWriter.Stored stored = store(message, new SplittableRandom(1)).orElseThrow();
      assertThat(reader.bytes(stored.recipe(), message.length)).isEqualTo(message);
      long decoded =
          ((Recipe.Direct) stored.recipe())
              .segments().stream()
                  .mapToLong(s -> s instanceof Segment.Base64 part ? part.decodedLength() : 0)
                  .sum();
      assertThat(decoded).isGreaterThan((long) (size * 0.99));
    }
    assertThat(chunks.kinds).contains(BlockKind.TRACE, BlockKind.HEADER, BlockKind.BINARY);
  }

  @Test
  void large_text_comes_back() {
    byte[] text = new byte[10 << 20];
    for (int i = 0; i < text.length; i++) {
      text[i] = (byte) (i % 61 == 60 ? '\n' : 'a' + (i * 31L + i / 977) % 26);
    }
    System.arraycopy("Subject: x\n\n".getBytes(US_ASCII), 0, text, 0, 12);
    comesBack(text);
  }

  @Test
  void a_line_that_never_ends_comes_back() {
    byte[] line = new byte[6 << 20];
    java.util.Arrays.fill(line, (byte) 'A');
    comesBack(line);
    byte[] message = new byte[6 << 20];
    java.util.Arrays.fill(message, (byte) 'A');
    byte[] head = "Content-Transfer-Encoding: base64\n\n".getBytes(US_ASCII);
    System.arraycopy(head, 0, message, 0, head.length);
    comesBack(message);
  }

  @Test
  void copies_for_several_mailboxes_share_all_but_their_first_lines() {
    Message message =
        new Message("a@example.org", MailGenerator.BEGIN, withAttachment(50_000, "\n"));
    ContentWriter.Stored first =
        store(message.deliveredTo("b@example.org", 1), new SplittableRandom(1)).orElseThrow();
    int known = chunks.size();
    ContentWriter.Stored second =
        store(message.deliveredTo("c@example.net", 22), new SplittableRandom(1)).orElseThrow();
    assertThat(chunks.size() - known).isEqualTo(1);
    Set<ChunkId> ids = new HashSet<>();
    reader.forEachChunk(first.recipe(), chunk -> ids.add(chunk.id()));
    reader.forEachChunk(second.recipe(), chunk -> ids.add(chunk.id()));
    assertThat(ids).hasSize(chunks.size());
  }

  @Test
  void a_message_whose_reading_fails_leaves_nothing_in_the_next_ones_recipe() {
    byte[] message = withAttachment(9 << 20, "\n");
    ByteSource source = FileContentTest.pieces(message, new SplittableRandom(1));
    long[] given = {0};
    ByteSource failing =
        (target, offset, length) -> {
          if (given[0] > message.length - 500_000) {
            throw new IllegalStateException("on purpose");
          }
          int count = source.read(target, offset, length);
          given[0] += count;
          return count;
        };
    assertThatThrownBy(() -> writer.message(failing, message.length)).hasMessage("on purpose");
    comesBack(withAttachment(5000, "\n"));
    assertThatThrownBy(() -> writer.message(failing, message.length)).hasMessage("on purpose");
    ContentWriter.Stored file =
        writer.file(
            FileContentTest.pieces(message, new SplittableRandom(2)), message.length, Holes.NONE);
    assertThat(reader.bytes(file.recipe(), message.length)).isEqualTo(message);
  }

  /** What a splitter would do that makes up, or forgets, or changes bytes. */
  private void isGivenUp(byte[] message, Consumer<MessageWriter> wrong) {
    MessageWriter messages = new MessageWriter(writer, MessageWatch.NONE);
    ByteSource source = FileContentTest.pieces(message, new SplittableRandom(1));
    boolean[] done = {false};
    ByteSource interfering =
        (target, offset, length) -> {
          if (!done[0]) {
            done[0] = true;
            wrong.accept(messages);
          }
          return source.read(target, offset, length);
        };
    assertThat(messages.write(interfering, message.length)).isEmpty();
  }

  @Test
  void a_message_whose_recipe_would_bring_back_something_else_is_given_up() {
    byte[] message = withAttachment(5000, "\n");
    byte[] other = "other".getBytes(US_ASCII);
    isGivenUp(
        message,
        splitter -> {
          splitter.begin(RunKind.HEADER);
          splitter.bytes(other, 0, other.length);
          splitter.end();
        });
    isGivenUp(
        message,
        splitter -> {
          splitter.begin(RunKind.BINARY);
          splitter.bytes(other, 0, other.length);
          splitter.endBase64(new Base64Layout(76, LineEnd.LF, true));
        });
    isGivenUp(
        message,
        splitter -> {
          splitter.begin(RunKind.TEXT);
          splitter.bytes(message, 0, message.length);
          splitter.bytes(message, 0, message.length);
          splitter.end();
        });
    comesBack(message);
  }
}
