package org.mailkeep.engine.recover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.engine.TreeImage;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.repository.snapshot.Snapshot;

class RecoverTest {

  @TempDir private Path folder;
  private TestRepository repository;
  private LiveMaildir box;

  @BeforeEach
  void a_mailbox() throws IOException {
    repository = new TestRepository(Files.createDirectory(folder.resolve("work")));
    box = new LiveMaildir(folder.resolve("domains/example.com/anna/Maildir"));
    box.folder(".Archive").folder(".Trash");
  }

  @AfterEach
  void close() {
    repository.close();
  }

  private Snapshot snapshot() {
    return repository.backup(folder.resolve("domains")).fullScan().snapshot();
  }

  private RecoverRun recover(Snapshot snapshot) {
    return new RecoverRun(repository, snapshot, box.path());
  }

  @Test
  void a_deleted_message_comes_back_under_a_new_name_with_flags_time_and_size() throws IOException {
    Path file = box.message("cur/1700000000.M1P1.host,S=99,W=105:2,FS", "one");
    Snapshot snapshot = snapshot();
    byte[] content = Files.readAllBytes(file);
    Files.delete(file);

    assertThat(recover(snapshot).run().recovered()).isEqualTo(1);

    Path back = box.only("cur");
    assertThat(back).hasBinaryContent(content);
    assertThat(Files.getLastModifiedTime(back)).isEqualTo(FileTime.from(LiveMaildir.TIME));
    assertThat(back.getFileName().toString())
        .matches("\\d+\\.M\\d+P\\d+Q1\\.mail\\.example,S=99,W=105:2,FS");
    assertThat(box.names("tmp")).isEmpty();
  }

  @Test
  void an_unseen_message_comes_back_unseen() throws IOException {
    box.message("new/1700000000.M1P1.host", "one");
    Snapshot snapshot = snapshot();
    box.delete("new/1700000000.M1P1.host");
    assertThat(recover(snapshot).run().recovered()).isEqualTo(1);
    assertThat(box.only("new").getFileName().toString()).doesNotContain(":");
  }

  @Test
  void what_was_merely_read_flagged_or_moved_is_there() throws IOException {
    box.message("new/1.a", "read");
    box.message("cur/2.b:2,S", "flagged");
    box.message("cur/3.c:2,S", "moved");
    box.message("cur/4.d:2,S", "moved by imap");
    box.message("cur/5.e:2,S", "in the trash");
    Snapshot snapshot = snapshot();
    box.move("new/1.a", "cur/1.a:2,S");
    box.move("cur/2.b:2,S", "cur/2.b:2,FRS");
    box.move("cur/3.c:2,S", ".Archive/cur/3.c:2,S");
    box.copyAndDelete("cur/4.d:2,S", ".Archive/cur/1800000000.x:2,S");
    box.copyAndDelete("cur/5.e:2,S", ".Trash/cur/1800000001.y:2,ST");
    Map<String, String> before = TreeImage.of(box.path());
    Recover.Report report = recover(snapshot).run();
    assertThat(report).isEqualTo(new Recover.Report(5, 5, 0, 0, 0));
    assertThat(TreeImage.of(box.path())).isEqualTo(before);
  }

  @Test
  void a_message_of_the_same_size_is_no_message_of_the_same_content() throws IOException {
    box.message("cur/1.a:2,S", "one");
    Snapshot snapshot = snapshot();
    box.delete("cur/1.a:2,S");
    box.message("cur/2.b:2,S", "two");
    assertThat(recover(snapshot).run().recovered()).isEqualTo(1);
    assertThat(recover(snapshot).run().recovered()).isZero();
    assertThat(box.names("cur")).hasSize(2);
  }

  @Test
  void two_copies_that_are_both_gone_come_back_both_and_one_that_is_left_is_enough()
      throws IOException {
    box.message("cur/1.a:2,S", "one");
    box.message(".Archive/cur/2.b:2,S", "one");
    Snapshot snapshot = snapshot();
    box.delete("cur/1.a:2,S");
    assertThat(recover(snapshot).run().recovered()).isZero();
    box.delete(".Archive/cur/2.b:2,S");
    assertThat(recover(snapshot).run().recovered()).isEqualTo(2);
    assertThat(recover(snapshot).run().recovered()).isZero();
    assertThat(box.names("cur")).hasSize(1);
    assertThat(box.names(".Archive/cur")).hasSize(1);
  }

  @Test
  void a_dry_run_tells_what_is_missing_and_changes_nothing() throws IOException {
    box.message("cur/1.a:2,S", "one");
    box.message(".Archive/cur/2.b:2,S", "two");
    Snapshot snapshot = snapshot();
    box.delete("cur/1.a:2,S");
    Map<String, String> before = TreeImage.of(box.path());
    RecoverRun run = recover(snapshot).into("Recovered.2026-11-20");
    assertThat(run.dryRun().recovered()).isEqualTo(1);
    assertThat(run.told()).containsExactly("INBOX -> Recovered.2026-11-20 1.a:2,S");
    assertThat(TreeImage.of(box.path())).isEqualTo(before);
  }

  @Test
  void only_one_folder_and_those_below_it_may_be_asked_for() throws IOException {
    box.folder(".Archive.2026").folder(".Archives");
    box.message("cur/1.a:2,S", "one");
    box.message(".Archive/cur/2.b:2,S", "two");
    box.message(".Archive.2026/cur/3.c:2,S", "three");
    box.message(".Archives/cur/4.d:2,S", "four");
    Snapshot snapshot = snapshot();
    box.delete(
        "cur/1.a:2,S",
        ".Archive/cur/2.b:2,S",
        ".Archive.2026/cur/3.c:2,S",
        ".Archives/cur/4.d:2,S");
    RecoverRun run = recover(snapshot);
    assertThat(run.folder("INBOX").dryRun().recovered()).isEqualTo(1);
    assertThat(run.folder("Archive").dryRun().recovered()).isEqualTo(2);
    assertThatThrownBy(() -> run.folder("Nothing").dryRun())
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("no folder Nothing");
  }

  @Test
  void only_some_messages_may_be_asked_for() throws IOException {
    box.message("cur/1.a:2,S", "one");
    box.message("cur/2.b:2,S", "two");
    Snapshot snapshot = snapshot();
    box.delete("cur/1.a:2,S", "cur/2.b:2,S");
    RecoverRun run = recover(snapshot).only(message -> message.name().baseName().is("2.b"));
    assertThat(run.run().recovered()).isEqualTo(1);
    assertThat(Files.readString(box.only("cur"))).contains("This is two.");
  }

  @Test
  void a_folder_that_is_gone_is_made_again_and_subscribed() throws IOException {
    box.folder(".Entw&APw-rfe");
    box.message(".Entw&APw-rfe/cur/1.a:2,S", "one");
    Files.writeString(box.path().resolve("dovecot-uidlist"), "3 V1 N1 G1\n");
    Snapshot snapshot = snapshot();
    LiveMaildir.command("rm", "-r", box.path().resolve(".Entw&APw-rfe").toString());
    RecoverRun run = recover(snapshot);
    assertThat(run.run().recovered()).isEqualTo(1);
    assertThat(run.warnings()).isEmpty();
    assertThat(box.names(".Entw&APw-rfe/cur")).hasSize(1);
    assertThat(box.names(".Entw&APw-rfe"))
        .containsExactlyInAnyOrder("cur", "new", "tmp", "maildirfolder");
    assertThat(box.path().resolve("subscriptions")).hasContent("V\t2\n\nEntw&APw-rfe");
    assertThat(box.path().resolve("courierimapsubscribed")).doesNotExist();
  }

  @Test
  void all_can_go_into_a_new_folder_and_a_second_run_finds_them_there() throws IOException {
    box.message("cur/1.a:2,S", "one");
    box.message(".Archive/new/2.b", "two");
    Files.writeString(box.path().resolve("courierimapsubscribed"), "INBOX\nINBOX.Archive\n");
    Files.writeString(box.path().resolve("courierimapuiddb"), "1 1 1\n");
    Snapshot snapshot = snapshot();
    box.delete("cur/1.a:2,S", ".Archive/new/2.b");
    RecoverRun run = recover(snapshot).into("Recovered.2026-11-20");
    assertThat(run.run().recovered()).isEqualTo(2);
    assertThat(run.run().recovered()).isZero();
    assertThat(recover(snapshot).run().recovered()).isZero();
    assertThat(box.names(".Recovered.2026-11-20/cur")).hasSize(1);
    assertThat(box.names(".Recovered.2026-11-20/new")).hasSize(1);
    assertThat(box.path().resolve("courierimapsubscribed"))
        .hasContent("INBOX\nINBOX.Archive\nINBOX.Recovered.2026-11-20");
    assertThat(box.path().resolve("subscriptions")).doesNotExist();
    assertThat(box.names("tmp")).isEmpty();
  }

  @Test
  void where_nothing_tells_which_server_serves_it_both_are_told() throws IOException {
    box.message("cur/1.a:2,S", "one");
    Snapshot snapshot = snapshot();
    box.delete("cur/1.a:2,S");
    assertThat(recover(snapshot).into("Back").run().recovered()).isEqualTo(1);
    assertThat(box.path().resolve("courierimapsubscribed")).hasContent("INBOX.Back");
    assertThat(box.path().resolve("subscriptions")).hasContent("V\t2\n\nBack");
  }

  @Test
  void a_run_that_is_cut_off_is_completed_by_the_next_one() throws IOException {
    for (int i = 0; i < 20; i++) {
      box.message("cur/" + i + ".a:2,S", "number " + i);
    }
    Snapshot snapshot = snapshot();
    for (int i = 0; i < 20; i++) {
      box.delete("cur/" + i + ".a:2,S");
    }
    RecoverRun cut = recover(snapshot).into("Back");
    AtomicInteger count = new AtomicInteger();
    cut.onMissing(
        _ -> {
          if (count.incrementAndGet() == 7) {
            cut.stop();
          }
        });
    assertThatThrownBy(cut::run).isInstanceOf(Cancellation.CancelledException.class);
    assertThat(box.names(".Back/cur")).hasSize(7);
    assertThat(recover(snapshot).into("Back").run().recovered()).isEqualTo(13);
    assertThat(box.names(".Back/cur")).hasSize(20);
    assertThat(MailboxImage.of(box.path()).contents()).hasSize(20);
  }

  @Test
  void a_folder_that_was_half_made_when_a_run_was_killed_is_completed() throws IOException {
    box.message("cur/1.a:2,S", "one");
    Snapshot snapshot = snapshot();
    box.delete("cur/1.a:2,S");
    Files.createDirectories(box.path().resolve("tmp/mailkeep.Back/cur"));
    assertThat(recover(snapshot).into("Back").run().recovered()).isEqualTo(1);
    assertThat(box.names(".Back")).containsExactlyInAnyOrder("cur", "new", "tmp", "maildirfolder");
    assertThat(box.names("tmp")).isEmpty();
  }

  @Test
  void keywords_get_the_letters_that_the_live_folder_has_for_them() throws IOException {
    Path keywords = box.path().resolve("dovecot-keywords");
    Files.writeString(keywords, "0 $Label1\n1 project-x\n2 lost\n");
    box.message("cur/1.a:2,FSabc", "one");
    Snapshot snapshot = snapshot();
    box.delete("cur/1.a:2,FSabc");
    Files.writeString(keywords, "0 project-x\n1 other\n2 $Label1\n");
    assertThat(recover(snapshot).run().recovered()).isEqualTo(1);
    assertThat(box.only("cur").getFileName().toString()).endsWith(":2,FSac");
  }

  @Test
  void the_quota_file_is_told_what_was_added_but_not_of_the_trash() throws IOException {
    box.message("cur/1.a,S=100:2,S", "one");
    box.message("cur/2.b,S=200:2,S", "two");
    box.message(".Trash/cur/3.c,S=400:2,S", "three");
    box.message("cur/4.d,S=800:2,ST", "four");
    Snapshot snapshot = snapshot();
    box.delete(
        "cur/1.a,S=100:2,S", "cur/2.b,S=200:2,S", ".Trash/cur/3.c,S=400:2,S", "cur/4.d,S=800:2,ST");
    Path size = box.path().resolve("maildirsize");
    Files.writeString(size, "1000000S\n0 0\n");
    assertThat(recover(snapshot).run().recovered()).isEqualTo(4);
    assertThat(size).hasContent("1000000S\n0 0\n300 2");
    Files.delete(size);
    assertThat(recover(snapshot).run().recovered()).isZero();
    assertThat(size).doesNotExist();
  }

  @Test
  void owner_and_mode_are_those_of_the_mailbox_not_of_the_backup() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root for owners");
    box.message("cur/1.a:2,S", "one");
    Snapshot snapshot = snapshot();
    LiveMaildir other = new LiveMaildir(folder.resolve("elsewhere/Maildir"));
    Path there = other.message("cur/9.z:2,S", "another");
    Files.setPosixFilePermissions(there, PosixFilePermissions.fromString("rw-r-----"));
    LiveMaildir.command("chown", "-R", "1089:1090", other.path().toString());
    assertThat(recover(snapshot).to(other.path()).into("Back").run().recovered()).isEqualTo(1);
    assertThat(recover(snapshot).to(other.path()).run().recovered()).isZero();
    for (String place : List.of(".Back", ".Back/cur", ".Back/new", ".Back/tmp", "subscriptions")) {
      assertThat(Files.readAttributes(other.path().resolve(place), "unix:uid,gid"))
          .as(place)
          .containsEntry("uid", 1089)
          .containsEntry("gid", 1090);
    }
    Path back = other.only(".Back/cur");
    assertThat(Files.readAttributes(back, "unix:uid,gid,mode"))
        .containsEntry("uid", 1089)
        .containsEntry("gid", 1090)
        .containsEntry("mode", 0100640);
  }

  @Test
  void the_times_of_directories_say_that_there_is_something_new() throws IOException {
    box.message("cur/1.a:2,S", "one");
    Snapshot snapshot = snapshot();
    box.delete("cur/1.a:2,S");
    Files.setLastModifiedTime(box.path().resolve("cur"), FileTime.from(LiveMaildir.TIME));
    Instant before = Instant.now().minusSeconds(5);
    assertThat(recover(snapshot).run().recovered()).isEqualTo(1);
    assertThat(Files.getLastModifiedTime(box.path().resolve("cur")).toInstant()).isAfter(before);
  }

  @Test
  void no_link_leads_out_of_the_mailbox() throws IOException {
    box.message("cur/1.a:2,S", "one");
    box.message(".Archive/cur/2.b:2,S", "two");
    Snapshot snapshot = snapshot();
    box.delete("cur/1.a:2,S", ".Archive/cur/2.b:2,S");
    LiveMaildir victim = new LiveMaildir(folder.resolve("victim"));
    victim.message("cur/1.a:2,S", "one");
    box.move(".Archive", "was-archive");
    Files.createSymbolicLink(box.path().resolve(".Archive"), victim.path());
    Map<String, String> before = TreeImage.of(victim.path());
    assertThatThrownBy(() -> recover(snapshot).run())
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("in the way");
    assertThat(TreeImage.of(victim.path())).isEqualTo(before);
    assertThat(box.names("cur")).as("the victim's copy is not this mailbox's").hasSize(1);
  }

  @Test
  void a_mailbox_that_is_not_there_is_told() {
    Snapshot snapshot = snapshot();
    assertThatThrownBy(() -> recover(snapshot).to(folder.resolve("nowhere")).run())
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("There is no mailbox");
    assertThatThrownBy(() -> recover(snapshot).to(folder).run())
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("no Maildir");
  }
}
