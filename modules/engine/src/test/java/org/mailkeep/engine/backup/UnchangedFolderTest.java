package org.mailkeep.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.crypto.ChunkHasher;
import org.mailkeep.engine.RestoreRun;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.engine.TreeImage;
import org.mailkeep.engine.WatchedBackup;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.encoding.ByteWriter;
import org.mailkeep.repository.state.Table;

/** Ordinary folders, most of which are as they were: what is taken over, and what must not be. */
class UnchangedFolderTest {

  @TempDir Path temp;
  private Path source;
  private Path below;
  private TestRepository repository;
  private int restores;

  @BeforeEach
  void create() throws IOException, InterruptedException {
    source = Files.createDirectory(temp.resolve("control"));
    below = Files.createDirectory(source.resolve("morercpthosts"));
    Files.writeString(source.resolve("me"), "mail.example.org\n");
    Files.writeString(source.resolve("rcpthosts"), "example.org\n");
    Files.createSymbolicLink(source.resolve("locals"), Path.of("rcpthosts"));
    Files.createLink(source.resolve("plusdomain"), source.resolve("me"));
    Files.writeString(below.resolve("a"), "a.example.org\n");
    repository = new TestRepository(temp);
    // Times this close to the scan would not tell of a change, and everything would be read again.
    TimeUnit.MILLISECONDS.sleep(2100);
    var _ = backUpExactly();
  }

  @AfterEach
  void close() {
    repository.close();
  }

  private WatchedBackup backUpExactly() {
    WatchedBackup watch = new WatchedBackup();
    var snapshot = repository.backup(source).watchedBy(watch).snapshot();
    Path target = temp.resolve("target" + ++restores);
    RestoreRun restore = repository.restore(snapshot);
    assertThat(restore.to(target).problems()).as("%s", restore.problems()).isZero();
    assertThat(TreeImage.of(target.resolve(source.toString().substring(1))))
        .isEqualTo(TreeImage.of(source));
    return watch;
  }

  @Test
  void nothing_is_read_or_stored_but_the_snapshot() {
    int packs = repository.objects("packs").size();
    assertThat(backUpExactly().read).isEmpty();
    assertThat(repository.objects("packs")).hasSize(packs);
  }

  @Test
  void files_stay_when_only_a_folder_below_has_changed() throws IOException {
    Files.writeString(below.resolve("b"), "b.example.org\n");
    assertThat(backUpExactly().read).containsExactly(below + "/b");
    Files.setPosixFilePermissions(below, PosixFilePermissions.fromString("rwx------"));
    var _ = backUpExactly();
    Files.delete(below.resolve("a"));
    Files.delete(below.resolve("b"));
    Files.delete(below);
    var _ = backUpExactly();
  }

  @Test
  void a_file_with_the_old_size_and_time_and_other_content_is_read() throws IOException {
    Path file = source.resolve("rcpthosts");
    FileTime time = Files.getLastModifiedTime(file);
    Files.writeString(file, "example.net\n");
    Files.setLastModifiedTime(file, time);
    assertThat(backUpExactly().read).containsExactly(file.toString());
  }

  @Test
  void a_changed_mode_a_lost_link_and_a_new_target_are_seen() throws IOException {
    Files.setPosixFilePermissions(
        source.resolve("rcpthosts"), PosixFilePermissions.fromString("rw-------"));
    var _ = backUpExactly();
    Files.delete(source.resolve("plusdomain"));
    var _ = backUpExactly();
    Files.delete(source.resolve("locals"));
    Files.createSymbolicLink(source.resolve("locals"), Path.of("me"));
    var _ = backUpExactly();
  }

  @Test
  void a_record_of_an_older_layout_is_taken_for_none() {
    RunLedger runs = new RunLedger(repository.state(), 1);
    DirectoryMemory memory = new DirectoryMemory(repository.state(), runs, "rules");
    ChunkHasher hasher = repository.repository().keys().hasher();
    byte[] key = memory.key(hasher, RawPath.of("/home"));
    for (int first = 0; first <= 3; first++) {
      repository.state().put(Table.DIRECTORIES, key, new ByteWriter(64).u8(first).toByteArray());
      assertThat(memory.load(key).summary()).isEmpty();
      assertThat(memory.load(key).leaves()).isEmpty();
    }
  }
}
