package org.mailkeep.engine.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.mailkeep.engine.WatchedBackup;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.testkit.mail.MailTree;

/** What a backup knows of mail: messages never change, they only get other names. */
class MailBackupTest extends MaildirFixture {

  @Test
  void a_flag_change_in_a_folder_of_5000_messages_adds_no_content_and_little_metadata()
      throws IOException {
    for (int i = 0; i < 5000; i++) {
      message(cur, (1_700_000_000 + i * 37) + ".P" + i + ".mx,S=22:2,S", "number " + i);
    }
    Object _ = repository.backup(maildir).run();
    rename(
        cur.resolve("1700037000.P1000.mx,S=22:2,S"), cur.resolve("1700037000.P1000.mx,S=22:2,RS"));
    long before = repository.size();
    WatchedBackup watch = new WatchedBackup();
    Snapshot snapshot = repository.backup(maildir).watchedBy(watch).snapshot();
    assertThat(watch.read).isEmpty();
    assertThat(repository.size() - before).isLessThan(8000);
    assertThat(stored(snapshot, cur.resolve("1700037000.P1000.mx,S=22:2,RS")))
        .asString(UTF_8)
        .endsWith("number 1000");
    assertThat(snapshot.manifest().root().files()).isEqualTo(5000);
  }

  @Test
  void a_message_that_goes_from_new_to_cur_is_neither_read_nor_stored_again() throws IOException {
    Path message = message(fresh, "1.a", "one ".repeat(1000));
    Object _ = backUpExactly();
    rename(message, cur.resolve("1.a:2,S"));
    long before = repository.size();
    assertThat(backUpExactly().read).isEmpty();
    assertThat(repository.size() - before).isLessThan(4000);
  }

  @Test
  void another_message_in_cur_with_the_unique_name_of_one_that_left_new_is_read()
      throws IOException {
    Path message = message(fresh, "1.a", "one");
    Path other = message(temp.resolve("work"), "1.a", "two");
    Object _ = backUpExactly();
    Files.move(other, cur.resolve("1.a:2,S"));
    Files.delete(message);
    assertThat(backUpExactly().read).containsExactly(cur + "/1.a:2,S");
  }

  @Test
  void a_message_with_other_flags_keeps_its_content_without_being_read() throws IOException {
    Path message = message(cur, "1.a:2,", "one");
    message(cur, "2.a:2,", "two");
    Object _ = backUpExactly();
    rename(message, cur.resolve("1.a:2,FS"));
    assertThat(backUpExactly().read).isEmpty();
  }

  @Test
  void a_file_of_the_same_size_and_time_but_another_inode_is_read_again() throws IOException {
    Path message = message(cur, "1.a:2,S", "one");
    Path other = message(temp.resolve("work"), "1.a", "two");
    Object _ = backUpExactly();
    Files.move(other, message, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThat(backUpExactly().read).containsExactly(message.toString());
  }

  @Test
  void a_unique_name_that_is_used_again_for_other_content_is_read_again() throws IOException {
    Path message = message(cur, "1.a:2,S", "one");
    Object _ = backUpExactly();
    Files.delete(message);
    message(cur, "1.a:2,R", "other");
    assertThat(backUpExactly().read).containsExactly(cur + "/1.a:2,R");
  }

  @Test
  void messages_with_one_unique_name_are_all_kept() throws IOException {
    message(cur, "1.a:2,S", "one");
    message(cur, "1.a:2,RS", "two");
    message(cur, "1.a", "three");
    message(cur, "no:message", "four");
    message(cur, "no:mail", "five");
    Files.createLink(cur.resolve("1.a:2,F"), cur.resolve("1.a:2,S"));
    Object _ = backUpExactly();
    rename(cur.resolve("1.a:2,RS"), cur.resolve("1.a:2,T"));
    Object _ = backUpExactly();
  }

  @Test
  void a_file_that_got_another_owner_or_mode_is_taken_with_it() throws IOException {
    Path message = message(cur, "1.a:2,S", "one");
    Files.writeString(maildir.resolve("subscriptions"), "a");
    Object _ = backUpExactly();
    Files.setAttribute(message, "unix:mode", 0640);
    Files.setAttribute(maildir.resolve("subscriptions"), "unix:mode", 0600);
    Files.setAttribute(maildir, "unix:mode", 0700);
    isExact(repository.backup(maildir).fullScan().snapshot());
  }

  @Test
  void without_the_host_state_no_content_is_stored_again() throws IOException {
    MailTree tree = MailTree.create(maildir.resolve("tree"), 6, 1, 3);
    Object _ = tree.deliver(150);
    Object _ = backUpExactly();
    repository.loseState();
    WatchedBackup watch = new WatchedBackup();
    Backup.Report report = repository.backup(maildir).watchedBy(watch).run();
    assertThat(watch.read).hasSizeGreaterThan(150);
    assertThat(report.manifest().counts().addedBytes()).isLessThan(500);
    isExact(report.snapshot().orElseThrow());
  }

  @Test
  void a_mailbox_lives_and_every_snapshot_is_exact() throws IOException {
    MailTree tree = MailTree.create(maildir.resolve("tree"), 11, 2, 2);
    Object _ = tree.deliver(60);
    for (int day = 0; day < 8; day++) {
      Object _ = backUpExactly();
      Object _ = tree.live(15);
    }
    assertThat(repository.check(true).isSound()).isTrue();
  }
}
