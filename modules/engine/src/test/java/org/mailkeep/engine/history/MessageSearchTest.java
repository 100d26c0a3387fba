package org.mailkeep.engine.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailkeep.model.error.UsageException;

class MessageSearchTest {

  private static final String INVOICE = "1700000000.1.mx";
  private static final String PHOTOS = "1710000000.2.mx";
  private static final String GREETING = "1720000000.3.mx";

  @TempDir private Path folder;
  private HistoryFixture fixture;
  private Path anna;
  private Path bert;

  @BeforeEach
  void makeMailboxes() throws IOException {
    fixture = new HistoryFixture(folder);
    anna = fixture.mailbox("anna", ".Entw&APw-rfe");
    bert = fixture.mailbox("bert");
    HistoryFixture.put(
        anna.resolve("cur").resolve(INVOICE + ":2,S"),
        """
        Return-Path: <x>
        Date: Tue, 14 Nov 2023 22:13:20 +0000
        From: Zoe Zürcher <zoe@shop.example>
        To: anna@example.com
        Cc: Carl <carl@other.example>
        Message-ID: <invoice-1@shop.example>
        Subject: =?UTF-8?Q?Rechnung_N=C2=BA_42_f=C3=BCr_M=C3=A4rz?=

        Please pay.
        """);
    HistoryFixture.put(
        bert.resolve("new").resolve(PHOTOS),
        """
        From: anna@example.com
        To: bert@example.com
        Subject: Photos
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: image/jpeg; name="Strand Föhr.jpg"
        Content-Transfer-Encoding: base64

        %s
        --b--
        """
            .formatted("QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIzNDU2Nzg5\n".repeat(400).strip()));
    HistoryFixture.put(
        anna.resolve(".Entw&APw-rfe/cur").resolve(GREETING + ":2,D"),
        "From: anna@example.com\nTo: zoe@shop.example\nSubject: 你好 Zoe\n\nHello\n");
    fixture.snapshot();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  static MessageQuery query(String field, String words) {
    Optional<TextPattern> none = Optional.empty();
    Optional<TextPattern> pattern = Optional.of(TextPattern.of(words));
    return new MessageQuery(
        field.equals("from") ? pattern : none,
        field.equals("to") ? pattern : none,
        field.equals("subject") ? pattern : none,
        field.equals("attachment") ? pattern : none,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        field.equals("any") ? pattern : none);
  }

  @Test
  void a_message_that_is_flagged_does_not_hide_the_others_of_its_folder() throws IOException {
    HistoryFixture.put(anna.resolve("cur/1730000000.4.mx:2,"), "Subject: Second\n\nHello\n");
    fixture.snapshot();
    HistoryQuery inbox = inFolder("INBOX");
    int all = fixture.find(inbox).size();
    Files.move(
        anna.resolve("cur").resolve(INVOICE + ":2,S"),
        anna.resolve("cur").resolve(INVOICE + ":2,FS"));
    fixture.snapshot();
    assertThat(fixture.find(inbox)).hasSize(all);
    Files.move(
        anna.resolve("cur").resolve(INVOICE + ":2,FS"),
        anna.resolve(".Entw&APw-rfe/cur").resolve(INVOICE + ":2,FS"));
    fixture.snapshot();
    assertThat(fixture.find(inFolder("Entwürfe"))).hasSize(2);
    assertThat(fixture.find(inbox)).hasSize(all);
  }

  @ParameterizedTest
  @CsvSource({
    "subject, rechnung, 1",
    "subject, MÄRZ 42, 1",
    "subject, maerz, 0",
    "subject, marz, 1",
    "subject, rech, 0",
    "subject, rech*, 1",
    "subject, 好, 1",
    "any, rech*, 1",
    "any, zoe 好, 1",
    "any, nowhere, 0",
    "subject, zoe 好, 1",
    "from, zoe, 1",
    "from, zurcher, 1",
    "from, zoe@shop.example, 1",
    "from, Zoe <ZOE@shop.example>, 1",
    "from, @shop.example, 1",
    "from, @example, 0",
    "from, @example.com, 2",
    "from, anna@*, 2",
    "to, carl, 1",
    "to, anna@example.com, 1",
    "to, anna, 1",
    "attachment, strand, 1",
    "attachment, fohr jpg, 1",
    "attachment, photos, 0"
  })
  void messages_are_found_by_the_words_of_their_fields(String field, String words, int count) {
    assertThat(fixture.find(query(field, words))).hasSize(count);
  }

  @Test
  void nothing_but_signs_is_no_pattern() {
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> TextPattern.of(" ?! "))
        .isInstanceOf(UsageException.class);
  }

  @Test
  void a_message_is_found_by_its_id_with_brackets_or_without() {
    assertThat(fixture.find(MessageQuery.message("<invoice-1@shop.example>")))
        .containsExactly(INVOICE);
    assertThat(fixture.find(MessageQuery.message("invoice-1@shop.example")))
        .containsExactly(INVOICE);
    assertThat(fixture.find(MessageQuery.message("invoice-1"))).isEmpty();
  }

  private static MessageQuery between(String since, String before, long larger, long smaller) {
    return new MessageQuery(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(Instant.parse(since)),
        Optional.of(Instant.parse(before)),
        Optional.of(larger),
        Optional.of(smaller),
        Optional.empty());
  }

  @Test
  void date_and_size_are_exact_to_the_second_and_byte() throws IOException {
    long size = Files.size(anna.resolve("cur").resolve(INVOICE + ":2,S"));
    String date = "2023-11-14T22:13:20Z";
    assertThat(fixture.find(between(date, "2023-11-14T22:13:21Z", size, size)))
        .containsExactly(INVOICE);
    assertThat(fixture.find(between("2023-11-14T22:13:21Z", "2024-01-01T00:00:00Z", 0, 1 << 20)))
        .isEmpty();
    assertThat(fixture.find(between("2023-01-01T00:00:00Z", date, 0, 1 << 20))).isEmpty();
    assertThat(fixture.find(between(date, "2023-11-14T22:13:21Z", size + 1, 1 << 20))).isEmpty();
    assertThat(fixture.find(between(date, "2023-11-14T22:13:21Z", 0, size - 1))).isEmpty();
  }

  @Test
  void a_message_without_a_date_counts_by_its_delivery() {
    assertThat(fixture.find(between("2024-03-09T16:00:00Z", "2024-03-09T17:00:00Z", 0, 1 << 20)))
        .containsExactly(PHOTOS);
  }

  @Test
  void a_folder_is_named_as_people_do_and_remembered_after_a_move() throws IOException {
    assertThat(fixture.find(inFolder("entwürfe"))).containsExactly(GREETING);
    assertThat(fixture.find(inFolder("INBOX"))).containsExactly(INVOICE, PHOTOS);
    Files.move(
        anna.resolve(".Entw&APw-rfe/cur").resolve(GREETING + ":2,D"),
        anna.resolve("cur").resolve(GREETING + ":2,S"));
    fixture.snapshot();
    assertThat(fixture.find(inFolder("entwürfe"))).containsExactly(GREETING);
    assertThat(fixture.find(inFolder("INBOX"))).containsExactly(INVOICE, PHOTOS, GREETING);
  }

  private static HistoryQuery inFolder(String name) {
    return new HistoryQuery(
        MessageQuery.ALL,
        Optional.empty(),
        Optional.of(FolderPattern.of(name)),
        false,
        Optional.empty());
  }

  @Test
  void a_mailbox_is_named_by_address_domain_or_path() {
    History history = fixture.history();
    assertThat(history.mailboxes("anna@example.com")).hasSize(1);
    assertThat(history.mailboxes("@EXAMPLE.com")).hasSize(2);
    assertThat(history.mailboxes(anna.toString())).hasSize(1);
    assertThat(history.mailboxes(String.valueOf(anna.getParent()))).hasSize(1);
    assertThat(history.mailboxes("nobody@example.com")).isEmpty();
    HistoryQuery query =
        new HistoryQuery(
            MessageQuery.ALL,
            Optional.of(history.mailboxes("bert@example.com")),
            Optional.empty(),
            false,
            Optional.empty());
    assertThat(fixture.find(query)).containsExactly(PHOTOS);
  }

  private static HistoryQuery deleted(Optional<Instant> since) {
    return new HistoryQuery(
        MessageQuery.ALL, Optional.empty(), Optional.empty(), since.isEmpty(), since);
  }

  @Test
  void what_was_deleted_is_found_with_the_last_snapshot_that_has_it() throws IOException {
    assertThat(fixture.find(deleted(Optional.empty()))).isEmpty();
    Files.delete(bert.resolve("new").resolve(PHOTOS));
    Instant before = Instant.now();
    fixture.snapshot();
    FoundMessage found =
        fixture.history().find(deleted(Optional.empty()), 10).messages().getFirst();
    assertThat(found.base().text()).isEqualTo(PHOTOS);
    assertThat(found.last().number()).isEqualTo(0);
    assertThat(found.gone().orElseThrow().number()).isEqualTo(1);
    assertThat(fixture.find(deleted(Optional.of(before)))).containsExactly(PHOTOS);
    assertThat(fixture.find(deleted(Optional.of(Instant.now())))).isEmpty();
  }

  @Test
  void a_limit_keeps_those_that_came_last_and_says_so() {
    HistoryQuery all = between0();
    assertThat(fixture.history().find(all, 3).more()).isFalse();
    History.Result some = fixture.history().find(all, 2);
    assertThat(some.messages()).hasSize(2);
    assertThat(some.more()).isTrue();
  }

  private static HistoryQuery between0() {
    return HistoryFixture.query(MessageQuery.ALL);
  }

  @Test
  void what_is_read_back_from_the_repository_equals_what_passed_by() throws IOException {
    List<FoundMessage> captured =
        fixture.history().find(HistoryFixture.query(MessageQuery.ALL), 10).messages();
    fixture.repository().loseState();
    fixture.update();
    assertThat(fixture.history().find(HistoryFixture.query(MessageQuery.ALL), 10).messages())
        .isEqualTo(captured);
    assertThat(fixture.damaged).isEmpty();
  }
}
