package org.mailkeep.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.engine.WatchedBackup;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.unix.Directory;

/** What is not in a snapshot, and how the snapshot tells. */
class LeftOutTest {

  @TempDir Path temp;
  private Path source;
  private TestRepository repository;
  private final List<Path> mounts = new ArrayList<>();

  @BeforeEach
  void create() throws IOException {
    source = Files.createDirectory(temp.resolve("source"));
    repository = new TestRepository(Files.createDirectory(temp.resolve("work")));
  }

  @AfterEach
  void close() throws Exception {
    repository.close();
    for (Path mount : mounts.reversed()) {
      new ProcessBuilder("umount", mount.toString()).start().waitFor();
    }
  }

  private void mount(Path at, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("mount"));
    command.addAll(List.of(arguments));
    command.add(at.toString());
    try {
      Process mount = new ProcessBuilder(command).redirectErrorStream(true).start();
      assumeTrue(mount.waitFor() == 0, "cannot mount here");
    } catch (IOException e) {
      assumeTrue(false, "no mount command");
    }
    mounts.add(at);
  }

  private List<String> paths(Snapshot snapshot) {
    return repository.pathsBelow(source, snapshot);
  }

  private void write(String... files) throws IOException {
    for (String file : files) {
      Files.createDirectories(source.resolve(file).getParent());
      Files.writeString(source.resolve(file), file);
    }
  }

  @Test
  void excluded_names_and_folders_are_left_out_and_counted() throws IOException {
    write("a.tmp", "a", "x/b.tmp", "x/b", "cache/c", "x/cache", "Maildir/cur/1.tmp");
    write("Maildir/cur/2", "Maildir/cur/below/x", "Maildir/new/3", "Maildir/tmp/4");
    WatchedBackup watch = new WatchedBackup();
    Snapshot snapshot =
        repository
            .backup(source)
            .exclude("*.tmp", source + "/cache", "Maildir/tmp/*")
            .watchedBy(watch)
            .snapshot();
    assertThat(paths(snapshot))
        .containsExactly(
            "Maildir",
            "Maildir/cur",
            "Maildir/cur/2",
            "Maildir/cur/below",
            "Maildir/cur/below/x",
            "Maildir/new",
            "Maildir/new/3",
            "Maildir/tmp",
            "a",
            "x",
            "x/b",
            "x/cache");
    assertThat(watch.leftOut).hasSize(5);
    assertThat(snapshot.manifest().leftOut())
        .anySatisfy(
            reason -> {
              assertThat(reason.reason()).isEqualTo("excluded by '*.tmp'");
              assertThat(reason.count()).isEqualTo(3);
              assertThat(reason.examples()).hasSize(3);
            });
  }

  @Test
  void other_exclusions_look_at_unchanged_folders_anew() throws Exception {
    write("Maildir/cur/1", "Maildir/cur/2, x", "Maildir/new/3", "Maildir/tmp/4");
    Thread.sleep(2100);
    assertThat(paths(repository.backup(source).exclude("2, x").snapshot()))
        .contains("Maildir/cur/1")
        .doesNotContain("Maildir/cur/2, x");
    assertThat(paths(repository.backup(source).exclude("2", "x").snapshot()))
        .contains("Maildir/cur/1", "Maildir/cur/2, x");
    assertThat(paths(repository.backup(source).exclude("1").snapshot()))
        .doesNotContain("Maildir/cur/1");
    assertThat(paths(repository.backup(source).snapshot())).contains("Maildir/cur/1");
  }

  @Test
  void the_programs_own_folders_are_left_out() throws IOException {
    write("a", "repository/packs/x", "state/y");
    Snapshot snapshot =
        repository
            .backup(source)
            .ownFolder(source.resolve("repository"))
            .ownFolder(source.resolve("state"))
            .snapshot();
    assertThat(paths(snapshot)).containsExactly("a");
    assertThat(snapshot.manifest().leftOut()).singleElement().extracting("count").isEqualTo(2L);
  }

  @Test
  void other_file_systems_are_left_out_where_one_is_wanted() throws Exception {
    write("a", "mounted/hidden", "Maildir/cur/1", "Maildir/new/2", "Maildir/tmp/3");
    mount(source.resolve("mounted"), "-t", "tmpfs", "none");
    write("mounted/b");
    assertThat(paths(repository.backup(source).oneFileSystem().snapshot()))
        .contains("a", "mounted", "Maildir/cur/1")
        .doesNotContain("mounted/b");
    assertThat(paths(repository.backup(source).snapshot())).contains("mounted/b");
    Path below = source.resolve("mounted");
    Snapshot two = repository.backup(source.resolve("Maildir"), below).oneFileSystem().snapshot();
    assertThat(paths(two)).as("a source of its own is wanted").contains("mounted/b");
  }

  @Test
  void the_kernels_file_systems_are_left_out_but_their_mount_points_are_not() throws Exception {
    write("a", "proc/hidden");
    mount(source.resolve("proc"), "-t", "proc", "none");
    assertThat(paths(repository.backup(source).snapshot())).containsExactly("a", "proc");
  }

  @Test
  void a_file_that_cannot_be_read_is_told_in_every_snapshot_until_it_can() throws Exception {
    write("Maildir/cur/1.a:2,S", "Maildir/cur/2.a:2,S", "Maildir/new/3.a", "Maildir/tmp/4");
    write("z");
    Path broken = source.resolve("Maildir/cur/2.a:2,S");
    // A file that the kernel opens and cannot read: the first page of this process is not mapped.
    mount(broken, "--bind", "/proc/" + ProcessHandle.current().pid() + "/mem");
    Thread.sleep(2100);
    for (int run = 0; run < 3; run++) {
      WatchedBackup watch = new WatchedBackup();
      Snapshot snapshot = repository.backup(source).watchedBy(watch).snapshot();
      assertThat(watch.unreadable).containsExactly(broken.toString());
      assertThat(snapshot.manifest().unreadable().count()).isEqualTo(1);
      assertThat(snapshot.manifest().unreadable().failures())
          .singleElement()
          .satisfies(failure -> assertThat(failure.problem()).contains("read"));
      assertThat(paths(snapshot)).contains("Maildir/cur/1.a:2,S", "Maildir/new/3.a", "z");
    }
    new ProcessBuilder("umount", broken.toString()).start().waitFor();
    mounts.clear();
    Snapshot snapshot = repository.backup(source).snapshot();
    assertThat(snapshot.manifest().isIncomplete()).isFalse();
    assertThat(paths(snapshot)).contains("Maildir/cur/2.a:2,S");
  }

  @Test
  void a_dry_run_says_what_would_be_read_and_stores_nothing() throws IOException {
    write("a", "b/c", "Maildir/cur/1", "Maildir/new/2", "Maildir/tmp/3");
    Files.createSymbolicLink(source.resolve("link"), Path.of("a"));
    long before = repository.size();
    WatchedBackup watch = new WatchedBackup();
    Backup.Report report = repository.backup(source).watchedBy(watch).dryRun();
    assertThat(report.snapshot()).isEmpty();
    assertThat(repository.size()).isEqualTo(before);
    assertThat(report.manifest().counts().newFiles()).isEqualTo(5);
    assertThat(report.manifest().counts().addedBytes()).isEqualTo(1 + 3 + 13 + 13);
    assertThat(watch.read).hasSize(4);
    Snapshot snapshot = repository.backup(source).snapshot();
    Backup.Report again = repository.backup(source).fullScan().dryRun();
    assertThat(again.manifest().counts().newFiles()).isLessThanOrEqualTo(1);
    assertThat(paths(snapshot)).hasSize(10);
    assertThat(repository.check(true).isSound()).isTrue();
  }

  @Test
  void a_folder_that_vanishes_during_the_walk_is_no_error() throws IOException {
    write("a/x", "b/y");
    WatchedBackup watch = new WatchedBackup();
    watch.onReading(
        _ -> {
          try (Directory directory = Directory.open(RawPath.of(source.toString()))) {
            Files.deleteIfExists(source.resolve("b/y"));
            directory.removeDirectory(org.mailkeep.model.FileName.of("b"));
          } catch (IOException | SystemCallException e) {
            // The walk was quicker, or it is gone already.
          }
        });
    Snapshot snapshot = repository.backup(source).watchedBy(watch).snapshot();
    assertThat(snapshot.manifest().isIncomplete()).isFalse();
    assertThat(paths(snapshot)).contains("a", "a/x");
  }
}
