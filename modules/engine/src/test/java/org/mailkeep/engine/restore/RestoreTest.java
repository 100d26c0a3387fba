package org.mailkeep.engine.restore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.RestoreRun;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.engine.TreeImage;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.unix.Directory;

class RestoreTest {

  @TempDir Path temp;
  private Path source;
  private Path target;
  private TestRepository repository;

  @BeforeEach
  void create() throws IOException {
    source = Files.createDirectory(temp.resolve("source"));
    target = temp.resolve("target");
    repository = new TestRepository(Files.createDirectory(temp.resolve("work")));
    write("a", "b/c", "b/d/e", "b/d/f.tmp", "z");
    Files.createSymbolicLink(source.resolve("b/link"), Path.of("c"));
  }

  @AfterEach
  void close() {
    repository.close();
  }

  private void write(String... files) throws IOException {
    for (String file : files) {
      Files.createDirectories(source.resolve(file).getParent());
      Files.writeString(source.resolve(file), file);
    }
  }

  private Path back() {
    return target.resolve(source.toString().substring(1));
  }

  private Snapshot snapshot() {
    return repository.backup(source).snapshot();
  }

  private RestoreRun restore() {
    return repository.restore(snapshot());
  }

  private List<String> names(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(path -> !path.equals(root))
          .map(path -> root.relativize(path).toString())
          .sorted()
          .toList();
    }
  }

  private void isExact() {
    assertThat(TreeImage.of(back())).isEqualTo(TreeImage.of(source));
  }

  @Test
  void a_target_that_is_missing_is_made() throws IOException {
    target = temp.resolve("made/for/this");
    Restore.Report report = restore().to(target);
    isExact();
    assertThat(report.files()).isEqualTo(6);
    assertThat(report.bytes()).isEqualTo(1 + 3 + 5 + 9 + 1);
    assertThat(report.directories()).isEqualTo(3 + source.getNameCount() - 1);
    assertThat(report.problems()).isZero();
    assertThat(report.existing()).isZero();
  }

  @Test
  void a_target_may_be_reached_by_way_of_a_link() throws IOException {
    Path real = Files.createDirectory(temp.resolve("real"));
    Files.createSymbolicLink(target, real);
    assertThat(restore().to(target).problems()).isZero();
    isExact();
  }

  @Test
  void the_targets_own_metadata_stays_where_the_root_was_no_source() throws IOException {
    Files.createDirectory(target);
    Files.setAttribute(target, "unix:mode", 0711);
    Object _ = restore().to(target);
    assertThat(Files.getAttribute(target, "unix:mode")).isEqualTo(040711);
  }

  @Test
  void a_part_comes_back_with_all_below_it_and_nothing_beside() throws IOException {
    Restore.Report report = restore().part(source.resolve("b/d")).to(target);
    assertThat(report.files()).isEqualTo(2);
    assertThat(names(back())).containsExactly("b", "b/d", "b/d/e", "b/d/f.tmp");
    assertThat(TreeImage.of(back().resolve("b/d"))).isEqualTo(TreeImage.of(source.resolve("b/d")));
  }

  @Test
  void a_part_may_be_a_single_file() throws IOException {
    Object _ = restore().part(source.resolve("b/c")).to(target);
    assertThat(names(back())).containsExactly("b", "b/c");
  }

  @Test
  void a_part_that_is_not_in_the_snapshot_is_not_found_and_nothing_is_written() {
    RestoreRun restore = restore().part(source.resolve("b/nowhere"));
    assertThatThrownBy(() -> restore.to(target))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("b/nowhere");
    assertThat(target).doesNotExist();
  }

  @Test
  void inclusions_and_exclusions_choose() throws IOException {
    RestoreRun restore = restore();
    Object _ = restore.include("d").exclude("*.tmp").to(target);
    assertThat(names(back())).containsExactly("b", "b/d", "b/d/e");
  }

  @Test
  void an_inclusion_that_fits_nothing_is_a_mistake_of_the_users() {
    RestoreRun restore = restore().include("nowhere");
    assertThatThrownBy(() -> restore.to(target)).isInstanceOf(UsageException.class);
    assertThat(target).doesNotExist();
  }

  @Test
  void files_that_exist_are_refused_before_anything_is_written() throws IOException {
    Files.createDirectories(back().resolve("b"));
    Files.writeString(back().resolve("b/c"), "mine");
    Files.writeString(back().resolve("z"), "mine");
    Map<String, String> before = TreeImage.of(target);
    RestoreRun restore = restore();
    assertThatThrownBy(() -> restore.to(target))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("2 files exist already")
        .hasMessageContaining("b/c");
    assertThat(TreeImage.of(target)).isEqualTo(before);
  }

  @Test
  void files_that_exist_are_kept_where_they_are_to_be_skipped() throws IOException {
    Files.createDirectories(back().resolve("b"));
    Files.writeString(back().resolve("b/c"), "mine");
    Files.createSymbolicLink(back().resolve("a"), Path.of("/nowhere/at/all"));
    Restore.Report report = restore().skip().to(target);
    assertThat(report.existing()).isEqualTo(2);
    assertThat(report.skipped()).isEqualTo(2);
    assertThat(report.files()).isEqualTo(4);
    assertThat(report.problems()).isZero();
    assertThat(back().resolve("b/c")).hasContent("mine");
    assertThat(back().resolve("a")).isSymbolicLink();
    assertThat(back().resolve("b/d/e")).hasContent("b/d/e");
  }

  @Test
  void files_that_exist_are_replaced_and_what_is_beside_them_stays() throws IOException {
    Files.createDirectories(back().resolve("b"));
    Files.writeString(back().resolve("b/c"), "mine, and longer");
    Files.writeString(back().resolve("b/other"), "mine");
    Path outside = Files.writeString(temp.resolve("outside"), "outside");
    Files.createSymbolicLink(back().resolve("a"), outside);
    assertThat(restore().replace().to(target).problems()).isZero();
    assertThat(outside).hasContent("outside");
    assertThat(back().resolve("b/other")).hasContent("mine");
    Files.delete(back().resolve("b/other"));
    Files.setLastModifiedTime(back().resolve("b"), Files.getLastModifiedTime(source.resolve("b")));
    isExact();
  }

  @Test
  void replacing_twice_is_the_same_as_once() throws IOException {
    Files.createLink(source.resolve("b/hard"), source.resolve("a"));
    Files.createLink(source.resolve("hard"), source.resolve("a"));
    RestoreRun restore = restore().replace();
    assertThat(restore.to(target).problems()).isZero();
    isExact();
    Restore.Report again = restore.to(target);
    assertThat(again.problems()).isZero();
    assertThat(again.existing()).isEqualTo(8);
    isExact();
  }

  @Test
  void skipping_after_an_interruption_completes() throws IOException {
    Snapshot snapshot = snapshot();
    Object _ = repository.restore(snapshot).include("d").to(target);
    assertThat(repository.restore(snapshot).skip().to(target).problems()).isZero();
    isExact();
  }

  @Test
  void a_name_that_was_there_is_nothing_to_make_hard_links_to() throws IOException {
    Files.createLink(source.resolve("b/hard"), source.resolve("a"));
    Files.createLink(source.resolve("hard"), source.resolve("a"));
    Files.createDirectories(back());
    Files.writeString(back().resolve("a"), "mine");
    assertThat(restore().skip().to(target).problems()).isZero();
    assertThat(back().resolve("a")).hasContent("mine");
    assertThat(back().resolve("hard")).hasContent("a");
    assertThat(Files.getAttribute(back().resolve("hard"), "unix:nlink")).isEqualTo(2);
    assertThat(Files.isSameFile(back().resolve("hard"), back().resolve("b/hard"))).isTrue();
  }

  @Test
  void a_directory_where_a_file_must_be_is_refused() throws IOException {
    Files.createDirectories(back().resolve("b/c"));
    for (RestoreRun restore : List.of(restore(), restore().replace(), restore().skip())) {
      assertThatThrownBy(() -> restore.to(target))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("b/c");
    }
    assertThat(names(back())).containsExactly("b", "b/c");
  }

  @Test
  void a_file_or_link_where_a_directory_must_be_is_refused_and_never_followed() throws IOException {
    Path outside = Files.createDirectory(temp.resolve("outside"));
    Files.createDirectories(back());
    Files.createSymbolicLink(back().resolve("b"), outside);
    for (RestoreRun restore :
        List.of(
            restore(),
            restore().replace(),
            restore().skip(),
            restore().include("e"),
            restore().part(source.resolve("b/d")).replace())) {
      assertThatThrownBy(() -> restore.to(target))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining(source + "/b");
    }
    assertThat(outside).isEmptyDirectory();
    assertThat(names(back())).containsExactly("b");
    assertThat(restore().include("z").to(target).files()).isEqualTo(1);
    assertThat(back().resolve("z")).hasContent("z");
  }

  @Test
  void a_link_planted_while_a_restore_runs_is_not_followed() throws IOException {
    Path outside = Files.createDirectory(temp.resolve("outside"));
    SplittableRandom random = new SplittableRandom(1);
    byte[] noise = new byte[20 << 20];
    // More than one window's content before the directory is needed.
    for (int i = 0; i < 6; i++) {
      random.nextBytes(noise);
      Files.write(source.resolve("a" + i), noise);
    }
    AtomicInteger restored = new AtomicInteger();
    RestoreRun restore = restore();
    restore.onRestored(
        () -> {
          if (restored.incrementAndGet() == 1) {
            plant(back().resolve("b"), outside);
          }
        });
    Restore.Report report = restore.to(target);
    assertThat(outside).isEmptyDirectory();
    if (Files.isSymbolicLink(back().resolve("b"))) {
      assertThat(report.problems()).isPositive();
      assertThat(restore.problems()).anyMatch(problem -> problem.startsWith(source + "/b: "));
    }
    assertThat(back().resolve("z")).as("the rest comes back").hasContent("z");
  }

  private static void plant(Path link, Path to) {
    try {
      Files.createSymbolicLink(link, to);
    } catch (IOException e) {
      // The directory was quicker.
    }
  }

  @Test
  void a_dry_run_counts_and_writes_nothing() throws IOException {
    Snapshot snapshot = snapshot();
    Restore.Report plan = repository.restore(snapshot).dryRunTo(target);
    assertThat(target).doesNotExist();
    assertThat(plan.files()).isEqualTo(6);
    assertThat(plan.existing()).isZero();
    Restore.Report done = repository.restore(snapshot).to(target);
    assertThat(done.bytes()).isEqualTo(plan.bytes());
    assertThat(repository.restore(snapshot).dryRunTo(target).existing()).isEqualTo(6);
  }

  @Test
  void directories_have_their_times_when_all_is_done() throws IOException {
    for (int i = 0; i < 700; i++) {
      Path folder = Files.createDirectories(source.resolve("many/d" + i));
      Files.writeString(folder.resolve("x"), "x");
      Files.createLink(folder.resolve("hard"), source.resolve("a"));
      Files.setLastModifiedTime(folder, FileTime.from(Instant.ofEpochSecond(1_000_000 + i)));
    }
    Files.setLastModifiedTime(source.resolve("many"), FileTime.from(Instant.EPOCH));
    assertThat(restore().to(target).problems()).isZero();
    isExact();
  }

  @Test
  void files_larger_than_a_window_come_back() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    byte[] noise = new byte[30 << 20];
    for (int i = 0; i < 3; i++) {
      random.nextBytes(noise);
      Files.write(source.resolve("large" + i), noise);
    }
    assertThat(restore().to(target).problems()).isZero();
    isExact();
  }

  @Test
  void what_a_folder_would_bequeath_is_not_added_to_what_is_restored() throws IOException {
    Files.createDirectory(target);
    byte[] acl = {
      2,
      0,
      0,
      0, //
      1,
      0,
      7,
      0,
      -1,
      -1,
      -1,
      -1, // user::rwx
      2,
      0,
      7,
      0,
      89,
      0,
      0,
      0, // user:89:rwx
      4,
      0,
      5,
      0,
      -1,
      -1,
      -1,
      -1, // group::r-x
      16,
      0,
      7,
      0,
      -1,
      -1,
      -1,
      -1, // mask::rwx
      32,
      0,
      5,
      0,
      -1,
      -1,
      -1,
      -1 // other::r-x
    };
    try (Directory directory = Directory.open(RawPath.of(target.toString()))) {
      directory.setAttribute("system.posix_acl_default".getBytes(UTF_8), acl);
    } catch (SystemCallException e) {
      assumeTrue(false, e.getMessage());
    }
    assertThat(restore().to(target).problems()).isZero();
    isExact();
  }

  @Test
  void a_stopped_restore_leaves_whole_files_and_no_temporary_names() throws IOException {
    for (int i = 0; i < 400; i++) {
      Files.writeString(source.resolve("f" + i), "content " + i);
    }
    Cancellation stop = new Cancellation();
    AtomicInteger left = new AtomicInteger(50);
    RestoreRun restore =
        restore()
            .stoppedBy(stop)
            .onRestored(
                () -> {
                  if (left.decrementAndGet() == 0) {
                    stop.request();
                  }
                });
    assertThatThrownBy(() -> restore.to(target))
        .isInstanceOf(Cancellation.CancelledException.class);
    Map<String, String> whole = TreeImage.of(source);
    Map<String, String> some = new TreeMap<>(TreeImage.of(back()));
    assertThat(some).hasSizeBetween(20, 100);
    some.entrySet().removeIf(entry -> entry.getValue().startsWith("directory"));
    assertThat(whole).containsAllEntriesOf(some);
  }

  @Test
  void damage_costs_the_files_concerned_and_no_others() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    byte[] noise = new byte[1 << 20];
    Path broken = Files.createDirectory(source.resolve("broken"));
    for (int i = 0; i < 3; i++) {
      random.nextBytes(noise);
      Files.write(broken.resolve("n" + i), noise);
    }
    Object _ = repository.backup(broken).run();
    var damaged = repository.objects("packs").getFirst();
    Snapshot snapshot = snapshot();
    repository.flipBit(damaged, 1_500_000);
    RestoreRun restore = repository.restore(snapshot);
    Restore.Report report = restore.to(target);
    assertThat(report.problems()).isBetween(1L, 2L);
    assertThat(restore.problems()).allMatch(p -> p.contains("/broken/n") && p.contains("damaged"));
    long present = names(back().resolve("broken")).size();
    assertThat(present).isEqualTo(3 - report.problems());
    assertThat(names(back()))
        .contains("a", "b/c", "b/d/e", "b/d/f.tmp", "b/link", "z")
        .noneMatch(name -> name.contains(".mailkeep"));
    for (String name : names(back().resolve("broken"))) {
      assertThat(back().resolve("broken").resolve(name))
          .hasSameBinaryContentAs(broken.resolve(name));
    }
  }

  @Test
  void a_pack_that_is_gone_is_told_and_the_rest_comes_back() throws IOException {
    Object _ = repository.backup(source.resolve("b")).run();
    // Nodes that changed are stored as differences to those before, where the state knows them.
    repository.loseState();
    repository.objects("packs").forEach(repository.storage()::delete);
    write("later");
    // By the index segments, what was in those packs is there; only what is new is stored.
    Snapshot snapshot = snapshot();
    RestoreRun restore = repository.restore(snapshot);
    Restore.Report report = restore.to(target);
    assertThat(report.problems()).isPositive();
    assertThat(back().resolve("later")).hasContent("later");
  }

  @Test
  void a_damaged_directory_is_told_and_the_others_come_back() throws IOException {
    // A directory whose nodes are in a pack of their own.
    Path broken = Files.createDirectory(source.resolve("broken"));
    Files.writeString(broken.resolve("x"), "x");
    Object _ = repository.backup(broken).run();
    var pack = repository.objects("packs").getFirst();
    // Nodes that changed are stored as differences to those before, where the state knows them.
    repository.loseState();
    Snapshot snapshot = snapshot();
    byte[] bytes = repository.storage().get(pack);
    for (int i = 1300; i < bytes.length - 1; i += 7) {
      bytes[i] ^= 1;
    }
    repository.storage().overwrite(pack, bytes);
    RestoreRun restore = repository.restore(snapshot);
    Restore.Report report = restore.to(target);
    assertThat(restore.problems()).hasSize(1).first().asString().contains(broken + ": not all");
    assertThat(report.problems()).isEqualTo(1);
    assertThat(names(back()))
        .contains("a", "b/c", "b/d/e", "z", "broken")
        .doesNotContain("broken/x");
  }

  @Test
  void a_snapshot_of_which_nothing_can_be_read_says_so() throws IOException {
    Snapshot snapshot = snapshot();
    repository.objects("packs").forEach(repository.storage()::delete);
    RestoreRun restore = repository.restore(snapshot);
    try {
      assertThat(restore.to(target).problems()).isPositive();
    } catch (MailkeepException e) {
      assertThat(e).isNotInstanceOf(UsageException.class);
    }
    assertThat(Files.exists(back().resolve("a"), LinkOption.NOFOLLOW_LINKS)).isFalse();
  }
}
