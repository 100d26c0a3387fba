package org.mailkeep.engine.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.snapshot.Manifest;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.state.Table;
import org.mailkeep.testkit.mail.MailTree;

class HistoryUpdateTest {

  private static final String MESSAGE = "Subject: hello\n\nText\n";

  @TempDir private Path folder;
  private HistoryFixture fixture;
  private Path anna;

  @BeforeEach
  void makeMailbox() throws IOException {
    fixture = new HistoryFixture(folder);
    anna = fixture.mailbox("anna", ".Copy");
    HistoryFixture.put(anna.resolve("cur/1700000000.1.mx:2,"), MESSAGE);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void without_history_a_backup_notes_nothing() {
    fixture.snapshotWithoutHistory();
    fixture.repository().state().scan(Table.HEADERS, new byte[0], (_, _) -> notHere());
    fixture.repository().state().scan(Table.HISTORY, new byte[0], (_, _) -> notHere());
  }

  private static void notHere() {
    throw new AssertionError("something was noted");
  }

  @Test
  void what_passed_by_is_forgotten_once_it_is_taken_over() {
    fixture.snapshot();
    fixture.repository().state().scan(Table.HEADERS, new byte[0], (_, _) -> notHere());
  }

  @Test
  @Tag("slow")
  void very_many_messages_at_once_are_found_like_few() throws IOException {
    int many = 20_000;
    for (int i = 0; i < many; i++) {
      HistoryFixture.put(
          anna.resolve("cur/" + (1_700_000_001 + i) + ".2.mx:2,"),
          "Message-ID: <"
              + i
              + "@x.example>\nFrom: a"
              + i % 100
              + "@x.example\nSubject: s"
              + i
              + "\n\nText\n");
    }
    fixture.snapshot();
    for (int i = 0; i < many; i += 1999) {
      String name = 1_700_000_001 + i + ".2.mx";
      assertThat(fixture.find(MessageQuery.message(i + "@x.example"))).containsExactly(name);
      assertThat(fixture.find(MessageSearchTest.query("subject", "s" + i))).containsExactly(name);
    }
    assertThat(fixture.find(MessageSearchTest.query("from", "a7@x.example"))).hasSize(many / 100);
    assertThat(fixture.log("anna@example.com")).hasSize(many + 1);
    Files.move(anna.resolve("cur/1700000001.2.mx:2,"), anna.resolve("cur/1700000001.2.mx:2,S"));
    fixture.snapshot();
    assertThat(fixture.log("anna@example.com"))
        .hasSize(many + 2)
        .endsWith("1 read INBOX: INBOX:S 1700000001.2.mx");
  }

  @Test
  void what_was_being_loaded_when_the_process_ended_is_noted_anew() throws IOException {
    fixture.snapshot();
    fixture.repository().state().put(Table.HISTORY, new byte[] {'l'}, new byte[0]);
    assertThat(fixture.isBehind()).isTrue();
    HistoryFixture.put(anna.resolve("cur/1700000002.1.mx:2,"), MESSAGE);
    fixture.snapshot();
    assertThat(fixture.isBehind()).isFalse();
    assertThat(fixture.log("anna@example.com"))
        .containsExactly(
            "0 found - INBOX: 1700000000.1.mx", "1 delivered - INBOX: 1700000002.1.mx");
  }

  @Test
  void a_snapshot_of_other_folders_deletes_nothing() throws IOException {
    fixture.snapshot();
    Path other = Files.createDirectories(folder.resolve("other"));
    fixture.repository().backup(other).snapshot();
    assertThat(fixture.log("anna@example.com")).containsExactly("0 found - INBOX: 1700000000.1.mx");
  }

  @Test
  void snapshots_of_overlapping_folders_tell_one_story() throws IOException {
    fixture.snapshot();
    Files.move(anna.resolve("cur/1700000000.1.mx:2,"), anna.resolve("cur/1700000000.1.mx:2,S"));
    fixture.repository().backup(anna).snapshot();
    Files.move(anna.resolve("cur/1700000000.1.mx:2,S"), anna.resolve("cur/1700000000.1.mx:2,"));
    fixture.snapshot();
    assertThat(fixture.log("anna@example.com"))
        .containsExactly(
            "0 found - INBOX: 1700000000.1.mx",
            "1 read INBOX: INBOX:S 1700000000.1.mx",
            "2 unread INBOX:S INBOX: 1700000000.1.mx");
  }

  @Test
  void a_mailbox_that_is_removed_takes_its_messages_along_and_brings_them_back()
      throws IOException {
    fixture.snapshot();
    Path user = fixture.root().resolve("domains/example.com/anna");
    Path aside = folder.resolve("aside");
    Files.move(user, aside);
    fixture.snapshot();
    fixture.snapshot();
    Files.move(aside, user);
    fixture.snapshot();
    assertThat(fixture.log("anna@example.com"))
        .containsExactly(
            "0 found - INBOX: 1700000000.1.mx",
            "1 deleted INBOX: - 1700000000.1.mx",
            "3 returned - INBOX: 1700000000.1.mx");
  }

  @Test
  void a_copy_under_the_same_name_is_a_message_of_its_own() throws IOException {
    fixture.snapshot();
    Files.copy(
        anna.resolve("cur/1700000000.1.mx:2,"), anna.resolve(".Copy/cur/1700000000.1.mx:2,"));
    fixture.snapshot();
    Files.delete(anna.resolve("cur/1700000000.1.mx:2,"));
    Files.move(
        anna.resolve(".Copy/cur/1700000000.1.mx:2,"),
        anna.resolve(".Copy/cur/1700000000.1.mx:2,S"));
    fixture.snapshot();
    assertThat(fixture.log("anna@example.com"))
        .containsExactlyInAnyOrder(
            "0 found - INBOX: 1700000000.1.mx",
            "1 delivered - Copy: 1700000000.1.mx",
            "2 deleted INBOX: - 1700000000.1.mx",
            "2 read Copy: Copy:S 1700000000.1.mx");
  }

  @Test
  void an_older_snapshot_that_comes_later_is_put_in_its_place() throws IOException {
    Snapshot first = fixture.repository().backup(fixture.root()).snapshot();
    Files.delete(anna.resolve("cur/1700000000.1.mx:2,"));
    fixture.snapshot();
    Manifest m = first.manifest();
    fixture
        .repository()
        .repository()
        .snapshots()
        .save(
            new Manifest(
                m.time().minusSeconds(3600),
                m.finished(),
                m.host(),
                m.sources(),
                m.profiles(),
                m.tags(),
                m.root(),
                Optional.empty(),
                m.users(),
                m.groups(),
                m.accounts(),
                m.leftOut(),
                m.unreadable(),
                m.counts(),
                m.options(),
                m.program()),
            fixture.repository().repository().keys().startSealing());
    fixture.update();
    assertThat(fixture.log("anna@example.com"))
        .containsExactly("0 found - INBOX: 1700000000.1.mx", "2 deleted INBOX: - 1700000000.1.mx");
  }

  @Test
  void what_only_forgotten_snapshots_had_is_not_found() throws IOException {
    Snapshot first = fixture.repository().backup(fixture.root()).snapshot();
    Files.delete(anna.resolve("cur/1700000000.1.mx:2,"));
    fixture.snapshot();
    MessageQuery hello = MessageSearchTest.query("subject", "hello");
    assertThat(fixture.find(hello)).hasSize(1);
    fixture
        .repository()
        .storage()
        .delete(
            fixture.repository().objects("snapshots").stream()
                .filter(name -> name.toString().contains(first.id().toString()))
                .findFirst()
                .orElseThrow());
    assertThat(fixture.find(hello)).isEmpty();
  }

  /** The snapshot from which the only message that is found can be restored. */
  private ObjectId offered(MessageQuery query) {
    List<FoundMessage> found = fixture.history().find(HistoryFixture.query(query), 1000).messages();
    assertThat(found).hasSize(1);
    return found.getFirst().last().id();
  }

  @Test
  void after_a_forget_the_story_stays_and_only_snapshots_that_are_there_are_offered()
      throws IOException {
    Snapshot first = fixture.repository().backup(fixture.root()).snapshot();
    Snapshot second = fixture.repository().backup(fixture.root()).snapshot();
    Files.delete(anna.resolve("cur/1700000000.1.mx:2,"));
    fixture.snapshot();
    fixture.update();
    List<String> story = fixture.log("anna@example.com");
    MessageQuery hello = MessageSearchTest.query("subject", "hello");
    assertThat(offered(hello)).isEqualTo(second.id());

    fixture.repository().repository().snapshots().delete(second.id());
    fixture.update();
    assertThat(offered(hello)).isEqualTo(first.id());
    assertThat(fixture.log("anna@example.com")).isEqualTo(story).hasSize(2);
    assertThat(fixture.isBehind()).isFalse();

    fixture.repository().repository().snapshots().delete(first.id());
    assertThat(fixture.find(hello)).isEmpty();
    assertThat(fixture.log("anna@example.com")).isEqualTo(story);
    HistoryTables tables = new HistoryTables(fixture.repository().state());
    KnownSnapshot gone = tables.snapshots().getFirst();
    assertThat(gone.id()).isEqualTo(first.id());
    assertThat(fixture.history().isPresent(gone)).isFalse();
    assertThat(fixture.history().isPresent(tables.snapshots().getLast())).isTrue();
  }

  @Test
  void what_no_snapshot_can_give_back_leaves_the_history_with_its_words() throws IOException {
    HistoryFixture.put(anna.resolve("cur/1700000001.2.mx:2,"), MESSAGE);
    Snapshot first = fixture.repository().backup(fixture.root()).snapshot();
    Files.delete(anna.resolve("cur/1700000000.1.mx:2,"));
    fixture.snapshot();
    Files.delete(anna.resolve("cur/1700000001.2.mx:2,"));
    fixture.snapshot();
    fixture.repository().repository().snapshots().delete(first.id());
    fixture.update();
    assertThat(fixture.log("anna@example.com"))
        .containsExactly("0 found - INBOX: 1700000001.2.mx", "2 deleted INBOX: - 1700000001.2.mx");
    StateDatabase state = fixture.repository().state();
    HistoryTables tables = new HistoryTables(state);
    assertThat(Postings.beginning(state, String.valueOf(Terms.SUBJECT))).hasSize(2);
    new ForgottenLives(
            tables,
            tables.snapshots(),
            Set.copyOf(fixture.repository().repository().snapshots().ids()),
            0,
            new Cancellation())
        .remove();
    assertThat(Postings.beginning(state, String.valueOf(Terms.SUBJECT))).hasSize(1);
    assertThat(fixture.find(MessageSearchTest.query("subject", "hello")))
        .containsExactly("1700000001.2.mx");
  }

  @Test
  void what_is_forgotten_is_read_again_when_it_is_needed() {
    fixture.snapshot();
    HistoryUpdate.forget(fixture.repository().state());
    assertThat(fixture.isBehind()).isTrue();
    assertThat(fixture.history().mailboxes("anna@example.com")).isEmpty();
    fixture.update();
    assertThat(fixture.log("anna@example.com")).containsExactly("0 found - INBOX: 1700000000.1.mx");
  }

  @Test
  void living_trees_have_the_same_history_however_it_is_made() throws IOException {
    MailTree tree = MailTree.create(folder.resolve("living"), 5, 2, 3);
    tree.deliver(40);
    for (int i = 0; i < 8; i++) {
      fixture.repository().backup(tree.root()).snapshot();
      tree.live(25);
    }
    fixture.repository().backup(tree.root()).snapshot();
    List<String> users =
        Stream.of(1, 2)
            .flatMap(d -> Stream.of(1, 2, 3).map(u -> "user" + u + "@d" + d + ".example"))
            .toList();
    List<List<String>> step = users.stream().map(fixture::log).toList();
    long alive =
        fixture.history().find(HistoryFixture.query(MessageQuery.ALL), 100_000).messages().stream()
            .filter(message -> message.gone().isEmpty())
            .count();
    assertThat(alive).isEqualTo(tree.messages().size());
    fixture.repository().loseState();
    fixture.update();
    assertThat(users.stream().map(fixture::log).toList()).isEqualTo(step);
  }
}
