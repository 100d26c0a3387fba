package org.mailkeep.engine.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.engine.RestoreRun;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.engine.TreeImage;
import org.mailkeep.engine.WatchedBackup;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.testkit.mail.MailTree;

/** What a backup knows of mail: messages never change, they only get other names. */
class MailBackupTest {

  @TempDir Path temp;
  private Path maildir;
  private Path cur;
  private Path fresh;
  private TestRepository repository;
  private int restores;

  @BeforeEach
  void create() throws IOException {
    maildir = temp.resolve("Maildir");
    cur = Files.createDirectories(maildir.resolve("cur"));
    fresh = Files.createDirectories(maildir.resolve("new"));
    Files.createDirectories(maildir.resolve("tmp"));
    // Beside the source, whose parents are in the snapshot with their times.
    repository = new TestRepository(Files.createDirectory(temp.resolve("work")));
  }

  @AfterEach
  void close() {
    repository.close();
  }

  private static Path message(Path folder, String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "Subject: x\n\n" + text);
    Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_700_000_000)));
    return file;
  }

  /** As if nothing had happened here for a while. */
  private static void age(Path... folders) throws IOException {
    for (Path folder : folders) {
      Files.setLastModifiedTime(
          folder, FileTime.from(Instant.now().minusSeconds(3600 + folder.hashCode() % 1000)));
    }
    try {
      // The change times cannot be set back, so they must be let grow old.
      TimeUnit.MILLISECONDS.sleep(2100);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static Path rename(Path from, Path to) throws IOException {
    return Files.move(from, to);
  }

  private void isExact(Snapshot snapshot) {
    Path target = temp.resolve("work/target" + ++restores);
    RestoreRun restore = repository.restore(snapshot);
    assertThat(restore.to(target).problems()).as("%s", restore.problems()).isZero();
    assertThat(TreeImage.of(target.resolve(maildir.toString().substring(1))))
        .isEqualTo(TreeImage.of(maildir));
  }

  private WatchedBackup backUpExactly() {
    WatchedBackup watch = new WatchedBackup();
    isExact(repository.backup(maildir).watchedBy(watch).snapshot());
    return watch;
  }

  private Entry maildirIn(Snapshot snapshot) {
    return repository.tree(snapshot).require(RawPath.of(maildir.toString())).entry();
  }

  private byte[] stored(Snapshot snapshot, Path path) {
    try (var reader = repository.reader()) {
      var entry = repository.tree(snapshot).require(RawPath.of(path.toString())).entry();
      return entry.body() instanceof Body.RegularFile file
          ? new ContentReader(reader).bytes(file.recipe(), 1 << 20)
          : new byte[0];
    }
  }

  @Test
  void an_unchanged_tree_adds_only_a_manifest_and_has_the_same_root() throws IOException {
    MailTree tree = MailTree.create(maildir.resolve("tree"), 5, 1, 3);
    Object _ = tree.deliver(200);
    Snapshot first = repository.backup(maildir).snapshot();
    long before = repository.size();
    Backup.Report again = repository.backup(maildir).run();
    assertThat(maildirIn(again.snapshot().orElseThrow())).isEqualTo(maildirIn(first));
    // The folders above may have got other times meanwhile, the one for temporary files above all.
    assertThat(again.manifest().counts().addedBytes()).isLessThan(500);
    assertThat(again.manifest().parent()).contains(first.id());
    assertThat(again.fullScan()).isFalse();
    assertThat(repository.size() - before).isLessThan(6000);
    // Index segments are not counted, and a small one there may be.
    long grown = repository.size() - before;
    assertThat(again.storedBytes()).isBetween(grown - 1000, grown);
    isExact(again.snapshot().orElseThrow());
  }

  @Test
  void an_unchanged_tree_makes_no_snapshot_where_none_is_wanted() throws IOException {
    message(cur, "1.a:2,S", "one");
    Snapshot snapshot = repository.backup(maildir).runIfChanged().snapshot().orElseThrow();
    Backup.Report again = repository.backup(maildir).runIfChanged();
    // Other programs use the folder for temporary files, whose time is part of the tree too.
    for (int i = 0; i < 50 && again.snapshot().isPresent(); i++) {
      snapshot = again.snapshot().get();
      again = repository.backup(maildir).runIfChanged();
    }
    assertThat(again.snapshot()).isEmpty();
    assertThat(again.manifest().root()).isEqualTo(snapshot.manifest().root());
    assertThat(repository.objects("snapshots")).isNotEmpty();
    message(cur, "2.a:2,S", "two");
    assertThat(repository.backup(maildir).runIfChanged().snapshot()).isPresent();
  }

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
  void folders_of_messages_that_have_not_changed_are_not_listed_but_in_a_full_scan()
      throws IOException {
    message(cur, "1.a:2,S", "one");
    message(fresh, "2.a", "two");
    age(cur, fresh);
    Object _ = backUpExactly();
    // Only a listing could tell that a file in it was written to.
    Files.writeString(cur.resolve("1.a:2,S"), "Subject: x\n\nlonger than it was");
    WatchedBackup watch = new WatchedBackup();
    Backup.Report quick = repository.backup(maildir).watchedBy(watch).run();
    assertThat(watch.read).isEmpty();
    assertThat(watch.files).hasValue(2);
    assertThat(quick.manifest().counts().unchangedFiles()).isEqualTo(2);
    Backup.Report full = repository.backup(maildir).watchedBy(watch).fullScan().run();
    assertThat(watch.read).containsExactly(cur + "/1.a:2,S");
    assertThat(full.fullScan()).isTrue();
    isExact(full.snapshot().orElseThrow());
  }

  @Test
  void a_folder_in_a_folder_of_messages_is_never_taken_for_unchanged() throws IOException {
    Path odd = Files.createDirectory(cur.resolve("odd"));
    Path file = Files.writeString(odd.resolve("x"), "1");
    age(cur);
    Object _ = backUpExactly();
    Files.writeString(file, "22");
    Object _ = backUpExactly();
  }

  @Test
  void a_change_right_after_a_listing_is_noticed() throws IOException {
    List<Path> messages = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Object _ = backUpExactly();
      messages.add(message(cur, i + ".a:2,S", "message " + i));
      if (i % 3 == 2) {
        Files.delete(messages.removeFirst());
      }
    }
    Object _ = backUpExactly();
  }

  @Test
  void a_file_that_was_just_written_is_read_again_though_its_times_are_the_same()
      throws IOException {
    Path file = Files.writeString(maildir.resolve("lastauth"), "192.0.2.1");
    Object _ = backUpExactly();
    WatchedBackup watch = backUpExactly();
    assertThat(watch.read).contains(file.toString());
    age(maildir);
    Object _ = backUpExactly();
    assertThat(backUpExactly().read).isEmpty();
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
  void a_message_that_is_deleted_before_it_is_read_is_no_error() throws IOException {
    Path message = message(cur, "1.a:2,S", "one");
    message(cur, "2.a:2,S", "two");
    Path ordinary = Files.writeString(maildir.resolve("gone"), "x");
    WatchedBackup watch =
        new WatchedBackup()
            .onReading(
                path -> {
                  deleteQuietly(message);
                  deleteQuietly(ordinary);
                });
    Backup.Report report = repository.backup(maildir).watchedBy(watch).run();
    assertThat(report.manifest().isIncomplete()).isFalse();
    assertThat(watch.unreadable).isEmpty();
    assertThat(report.manifest().root().files()).isBetween(1L, 2L);
  }

  private static void deleteQuietly(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void renameQuietly(Path from, Path to) {
    try {
      if (Files.exists(from)) {
        rename(from, to);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_message_renamed_between_listing_and_reading_is_kept() throws IOException {
    Path message = message(cur, "1.a:2,", "one");
    WatchedBackup watch =
        new WatchedBackup().onReading(_ -> renameQuietly(message, cur.resolve("1.a:2,FS")));
    Snapshot snapshot = repository.backup(maildir).watchedBy(watch).snapshot();
    assertThat(stored(snapshot, cur.resolve("1.a:2,FS"))).asString(UTF_8).endsWith("one");
    assertThat(snapshot.manifest().root().files()).isEqualTo(1);
    Object _ = backUpExactly();
  }

  @Test
  void a_message_that_is_seen_between_listing_and_reading_is_kept() throws IOException {
    Path message = message(fresh, "1.a", "one");
    message(fresh, "2.a", "two");
    Path seen = cur.resolve("1.a:2,S");
    // The walk has listed cur, perhaps; then the message comes there.
    WatchedBackup watch = new WatchedBackup().onReading(_ -> renameQuietly(message, seen));
    Snapshot snapshot = repository.backup(maildir).watchedBy(watch).snapshot();
    // It is there once: in cur where the walk saw it there, else under the name that it had.
    List<String> paths = repository.pathsBelow(maildir, snapshot);
    assertThat(paths.stream().filter(path -> path.contains("1.a"))).hasSize(1);
    Path kept = paths.contains("cur/1.a:2,S") ? seen : message;
    assertThat(stored(snapshot, kept)).asString(UTF_8).endsWith("one");
  }

  @Test
  void a_known_message_renamed_again_between_listing_and_taking_it_over_is_kept()
      throws IOException {
    for (int i = 0; i < 10; i++) {
      message(cur, i + ".a:2,", "message " + i);
    }
    Object _ = backUpExactly();
    for (int i = 0; i < 10; i++) {
      rename(cur.resolve(i + ".a:2,"), cur.resolve(i + ".a:2,S"));
    }
    WatchedBackup watch =
        new WatchedBackup()
            .onEntries(
                () -> {
                  for (int i = 0; i < 10; i++) {
                    renameQuietly(cur.resolve(i + ".a:2,S"), cur.resolve(i + ".a:2,RS"));
                  }
                });
    Snapshot snapshot = repository.backup(maildir).watchedBy(watch).snapshot();
    assertThat(snapshot.manifest().root().files()).isEqualTo(10);
    Object _ = backUpExactly();
  }

  @Test
  @Timeout(30)
  void a_file_that_became_a_pipe_is_left_out_without_waiting_for_a_writer() throws Exception {
    Path message = message(cur, "1.a:2,S", "one");
    message(cur, "2.a:2,S", "two");
    WatchedBackup watch = new WatchedBackup();
    watch.onReading(
        path -> {
          if (path.equals(message.toString())) {
            deleteQuietly(message);
            makePipe(message);
          }
        });
    Backup.Report report = repository.backup(maildir).watchedBy(watch).run();
    assertThat(report.manifest().root().files()).isEqualTo(1);
    assertThat(report.manifest().unreadable().count()).isEqualTo(1);
    assertThat(watch.unreadable).containsExactly(message.toString());
    Object _ = backUpExactly();
  }

  private static void makePipe(Path path) {
    try (var directory =
        org.mailkeep.unix.Directory.open(RawPath.of(String.valueOf(path.getParent())))) {
      directory.makeNode(
          org.mailkeep.model.FileName.of(String.valueOf(path.getFileName())),
          org.mailkeep.unix.FileType.FIFO,
          0600,
          0,
          0);
    }
  }

  @Test
  void a_folder_that_became_a_link_is_not_followed() throws IOException {
    Path secret = Files.createDirectory(temp.resolve("secret"));
    Files.writeString(secret.resolve("x"), "secret");
    message(fresh, "1.a", "one");
    Path below = Files.createDirectory(maildir.resolve("zz"));
    WatchedBackup watch = new WatchedBackup();
    watch.onReading(
        _ -> {
          try {
            if (!Files.isSymbolicLink(below)) {
              Files.delete(below);
              Files.createSymbolicLink(below, secret);
            }
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
    Snapshot snapshot = repository.backup(maildir).watchedBy(watch).snapshot();
    assertThat(repository.tree(snapshot).find(RawPath.of(below + "/x"))).isEmpty();
  }

  @Test
  void the_uid_database_is_read_when_the_messages_are_listed() throws IOException {
    message(cur, "1.a:2,S", "one");
    Path database = Files.writeString(maildir.resolve("dovecot-uidlist"), "3 V1 N3");
    WatchedBackup watch = new WatchedBackup();
    watch.onReading(
        path -> {
          if (path.equals(database.toString())) {
            writeQuietly(cur.resolve("2.late:2,S"));
            writeQuietly(fresh.resolve("3.late"));
          }
        });
    Snapshot snapshot = repository.backup(maildir).watchedBy(watch).snapshot();
    assertThat(snapshot.manifest().root().files()).isEqualTo(2);
    Object _ = backUpExactly();
  }

  private static void writeQuietly(Path path) {
    try {
      Files.writeString(path, "late");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
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
