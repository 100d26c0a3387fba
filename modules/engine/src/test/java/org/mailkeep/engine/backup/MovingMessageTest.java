package org.mailkeep.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.engine.WatchedBackup;
import org.mailkeep.repository.snapshot.Snapshot;

/** Mail programs take messages from new to cur while a backup looks at both. */
class MovingMessageTest {

  @TempDir Path temp;
  private Path maildir;
  private TestRepository repository;

  @BeforeEach
  void create() throws IOException {
    maildir = temp.resolve("Maildir");
    for (String name : List.of("cur", "new", "tmp")) {
      Files.createDirectories(maildir.resolve(name));
    }
    repository = new TestRepository(Files.createDirectory(temp.resolve("work")));
  }

  @AfterEach
  void close() {
    repository.close();
  }

  private void message(String name) throws IOException {
    Files.writeString(maildir.resolve(name), "Subject: x\n\n" + name);
  }

  private void take(String name) {
    try {
      Files.move(maildir.resolve("new/" + name), maildir.resolve("cur/" + name + ":2,S"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void age() throws IOException, InterruptedException {
    for (String name : List.of("cur", "new")) {
      Files.setLastModifiedTime(
          maildir.resolve(name), FileTime.from(Instant.now().minusSeconds(3600)));
    }
    Thread.sleep(2100);
  }

  private List<String> messages(Snapshot snapshot) {
    return repository.pathsBelow(maildir, snapshot).stream()
        .filter(path -> path.contains("r/") || path.contains("w/"))
        .sorted()
        .toList();
  }

  /** It is taken while the second one is read, so after both were listed. */
  private Snapshot snapshotInWhichTheFirstIsTaken() {
    WatchedBackup watch =
        new WatchedBackup()
            .onReading(
                path -> {
                  if (path.endsWith("new/2.b.mx")) {
                    take("1.a.mx");
                  }
                });
    return repository.backup(maildir).withThreads(1).watchedBy(watch).snapshot();
  }

  @Test
  void one_that_is_taken_after_new_was_listed_is_in_the_snapshot_once() throws IOException {
    message("new/1.a.mx");
    message("new/2.b.mx");
    Snapshot snapshot = snapshotInWhichTheFirstIsTaken();
    assertThat(messages(snapshot)).containsExactly("cur/1.a.mx:2,S", "new/2.b.mx");
  }

  @Test
  void so_is_one_that_was_copied_within_its_folder_as_a_hard_link() throws IOException {
    message("new/1.a.mx");
    message("new/2.b.mx");
    Files.createLink(maildir.resolve("cur/3.c.mx:2,S"), maildir.resolve("new/1.a.mx"));
    Files.createLink(maildir.resolve("cur/0.d.mx:2,S"), maildir.resolve("new/1.a.mx"));
    Snapshot snapshot = snapshotInWhichTheFirstIsTaken();
    assertThat(messages(snapshot))
        .containsExactly("cur/0.d.mx:2,S", "cur/1.a.mx:2,S", "cur/3.c.mx:2,S", "new/2.b.mx");
  }

  @Test
  void one_that_is_taken_from_a_folder_that_seemed_unchanged_is_in_it_once() throws Exception {
    message("new/1.a.mx");
    message("new/2.b.mx");
    message("cur/3.c.mx:2,");
    age();
    Snapshot before = repository.backup(maildir).snapshot();
    assertThat(messages(before)).hasSize(3);
    message("cur/4.d.mx:2,");
    AtomicBoolean once = new AtomicBoolean();
    WatchedBackup watch =
        new WatchedBackup()
            .onEntries(
                () -> {
                  if (!once.getAndSet(true)) {
                    take("1.a.mx");
                  }
                });
    Snapshot snapshot = repository.backup(maildir).withThreads(1).watchedBy(watch).snapshot();
    assertThat(messages(snapshot))
        .containsExactly("cur/1.a.mx:2,S", "cur/3.c.mx:2,", "cur/4.d.mx:2,", "new/2.b.mx");
    assertThat(messages(repository.backup(maildir).snapshot())).isEqualTo(messages(snapshot));
  }
}
