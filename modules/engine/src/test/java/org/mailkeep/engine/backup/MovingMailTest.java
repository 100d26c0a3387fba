package org.mailkeep.engine.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailkeep.engine.WatchedBackup;
import org.mailkeep.model.RawPath;
import org.mailkeep.repository.snapshot.Snapshot;

/** What happens to a mailbox while it is backed up. */
class MovingMailTest extends MaildirFixture {

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
}
