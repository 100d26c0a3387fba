package org.mailkeep.engine.restore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mailkeep.engine.RestoreRun;
import org.mailkeep.repository.snapshot.Snapshot;

/** A restore over a tree that mostly is what it should be. */
class IfChangedRestoreTest extends RestoreFixture {

  /** Every name with what changes when it is written or touched: inode and ctime. */
  private Map<String, Object> state() throws IOException {
    Map<String, Object> state = new TreeMap<>();
    try (Stream<Path> all = Files.walk(back())) {
      for (Path path : all.toList()) {
        state.put(
            back().relativize(path).toString(),
            Files.readAttributes(path, "unix:ino,ctime", LinkOption.NOFOLLOW_LINKS));
      }
    }
    return state;
  }

  private RestoreRun restored() {
    RestoreRun restore = restore();
    assertThat(restore.to(target).problems()).isZero();
    return restore.ifChanged();
  }

  private static Object inode(Path path) throws IOException {
    return Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS);
  }

  @Test
  void nothing_is_touched_where_all_is_as_it_should_be() throws IOException {
    Files.createLink(source.resolve("b/hard"), source.resolve("a"));
    Files.createLink(source.resolve("hard"), source.resolve("a"));
    RestoreRun again = restored();
    Map<String, Object> before = state();
    Restore.Report report = again.to(target);
    assertThat(state()).isEqualTo(before);
    assertThat(report.files()).isZero();
    assertThat(report.bytes()).isZero();
    assertThat(report.kept()).isEqualTo(8);
    assertThat(again.dryRunTo(target).of(Change.KEEP).files()).isEqualTo(8);
  }

  @Test
  void content_that_differs_is_replaced_and_what_is_missing_is_made() throws IOException {
    RestoreRun again = restored();
    Files.writeString(back("a"), "longer than before");
    Files.writeString(back("b/c"), "X/c");
    Files.delete(back("z"));
    Files.delete(back("b/link"));
    Files.createSymbolicLink(back("b/link"), Path.of("/nowhere"));
    Plan plan = again.dryRunTo(target);
    assertThat(again.planned())
        .contains(
            "replace " + source + "/a",
            "replace " + source + "/b/c",
            "make " + source + "/z",
            "replace " + source + "/b/link",
            "keep " + source + "/b/d/e");
    assertThat(plan.of(Change.REPLACE).files()).isEqualTo(3);
    assertThat(plan.bytesToWrite()).isEqualTo(1 + 3 + 1);
    Restore.Report report = again.to(target);
    isExact();
    assertThat(report.files()).isEqualTo(4);
    assertThat(report.bytes()).isEqualTo(plan.bytesToWrite());
    assertThat(report.kept()).isEqualTo(2);
  }

  @Test
  void metadata_alone_is_mended_without_writing_the_content_again() throws IOException {
    RestoreRun again = restored();
    Object inode = inode(back("a"));
    Files.setAttribute(back("a"), "unix:mode", 04755);
    Files.setAttribute(back("b/c"), "user:comment", "mine".getBytes(UTF_8));
    Files.setAttribute(back("b/d"), "unix:mode", 01777);
    again.dryRunTo(target);
    assertThat(again.planned(source.resolve("a")).change()).isEqualTo(Change.MEND);
    assertThat(again.planned(source.resolve("a")).reason()).isEqualTo("mode 4755, not 0644");
    assertThat(again.planned(source.resolve("b/c")).reason())
        .isEqualTo("an attribute user.comment too many");
    assertThat(again.planned(source.resolve("b/d")).change()).isEqualTo(Change.MEND);
    Restore.Report report = again.to(target);
    isExact();
    assertThat(report.mended()).isEqualTo(2);
    assertThat(report.files()).isZero();
    assertThat(inode(back("a"))).isEqualTo(inode);
  }

  @Test
  void an_owner_is_mended_too() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root for owners");
    RestoreRun again = restored();
    Files.setAttribute(back("b/link"), "unix:uid", 89, LinkOption.NOFOLLOW_LINKS);
    Files.setAttribute(back("a"), "unix:gid", 89);
    assertThat(again.to(target).mended()).isEqualTo(2);
    isExact();
  }

  @Test
  void a_file_with_a_name_elsewhere_is_replaced_rather_than_mended_there_too() throws IOException {
    RestoreRun again = restored();
    Path outside = temp.resolve("outside");
    Files.createLink(outside, back("a"));
    Files.setAttribute(outside, "unix:mode", 0600);
    Object before = Files.readAttributes(outside, "unix:ino,mode,lastModifiedTime");
    assertThat(again.to(target).files()).isEqualTo(1);
    isExact();
    assertThat(Files.readAttributes(outside, "unix:ino,mode,lastModifiedTime")).isEqualTo(before);
  }

  @Test
  void names_of_one_file_become_that_again() throws IOException {
    Files.createLink(source.resolve("b/hard"), source.resolve("a"));
    Files.createLink(source.resolve("hard"), source.resolve("a"));
    RestoreRun again = restored();
    Files.delete(back("hard"));
    Files.copy(back("a"), back("hard"), StandardCopyOption.COPY_ATTRIBUTES);
    again.dryRunTo(target);
    assertThat(again.planned(source.resolve("hard")).change()).isEqualTo(Change.REPLACE);
    assertThat(again.planned(source.resolve("b/hard")).change()).isEqualTo(Change.KEEP);
    assertThat(again.to(target).problems()).isZero();
    isExact();
    Files.writeString(back("a"), "all of them, now");
    assertThat(again.to(target).problems()).isZero();
    isExact();
  }

  @Test
  void a_file_of_the_same_size_and_time_is_trusted() throws IOException {
    RestoreRun again = restored();
    FileTime time = Files.getLastModifiedTime(back("b/c"));
    Files.writeString(back("b/c"), "X/c");
    Files.setLastModifiedTime(back("b/c"), time);
    Restore.Report report = again.verify().to(target);
    assertThat(back("b/c")).hasContent("X/c");
    assertThat(report.differences()).isEqualTo(1);
    assertThat(again.differences()).containsExactly(source + "/b/c: other content from byte 0 on");
  }

  @Test
  void a_restore_that_was_stopped_is_completed() throws IOException {
    Snapshot snapshot = snapshot();
    Object _ = repository.restore(snapshot).include("d").to(target);
    Restore.Report report = repository.restore(snapshot).ifChanged().to(target);
    assertThat(report.kept()).isEqualTo(2);
    assertThat(report.files()).isEqualTo(4);
    isExact();
  }

  @Test
  void a_time_that_differs_by_a_nanosecond_is_a_difference() throws IOException {
    Files.setLastModifiedTime(
        source.resolve("a"), FileTime.from(Instant.ofEpochSecond(1_700_000_000L, 1)));
    RestoreRun again = restored();
    Files.setLastModifiedTime(back("a"), FileTime.from(Instant.ofEpochSecond(1_700_000_000L, 2)));
    assertThat(again.to(target).files()).isEqualTo(1);
    isExact();
  }
}
