package org.mailkeep.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.engine.RestoreRun;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.engine.TreeImage;
import org.mailkeep.engine.WatchedBackup;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.tree.Body;
import org.mailkeep.repository.snapshot.Snapshot;

/** A Maildir, a repository beside it, and what is done to both. */
abstract class MaildirFixture {

  @TempDir Path temp;
  Path maildir;
  Path cur;
  Path fresh;
  TestRepository repository;
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

  static Path message(Path folder, String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "Subject: x\n\n" + text);
    Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_700_000_000)));
    return file;
  }

  static Path rename(Path from, Path to) throws IOException {
    return Files.move(from, to);
  }

  void isExact(Snapshot snapshot) {
    Path target = temp.resolve("work/target" + ++restores);
    RestoreRun restore = repository.restore(snapshot);
    assertThat(restore.to(target).problems()).as("%s", restore.problems()).isZero();
    assertThat(TreeImage.of(target.resolve(maildir.toString().substring(1))))
        .isEqualTo(TreeImage.of(maildir));
  }

  WatchedBackup backUpExactly() {
    WatchedBackup watch = new WatchedBackup();
    isExact(repository.backup(maildir).watchedBy(watch).snapshot());
    return watch;
  }

  byte[] stored(Snapshot snapshot, Path path) {
    try (var reader = repository.reader()) {
      var entry = repository.tree(snapshot).require(RawPath.of(path.toString())).entry();
      return entry.body() instanceof Body.RegularFile file
          ? new ContentReader(reader).bytes(file.recipe(), 1 << 20)
          : new byte[0];
    }
  }
}
