package org.mailkeep.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.RawPath;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.FileStat;

/** When a folder of messages counts as unchanged. */
class KnownDirectoryTest {

  @TempDir Path temp;

  private record Seen(
      boolean trusted, boolean settled, long laterMillis, long inode, long mtime, long ctime) {}

  private boolean isUnchanged(UnaryOperator<Seen> change) {
    try (Directory directory = Directory.open(RawPath.of(temp.toString()))) {
      FileStat now = directory.stat();
      Seen seen = change.apply(new Seen(true, true, 2001, 0, 0, 0));
      return new KnownDirectory.Summary(
              seen.trusted,
              seen.settled,
              now.ctimeSeconds() * 1000 + now.ctimeNanos() / 1_000_000 + seen.laterMillis,
              now.inode() + seen.inode,
              now.mtimeSeconds() + seen.mtime,
              now.mtimeNanos(),
              now.ctimeSeconds() + seen.ctime,
              now.ctimeNanos(),
              new ChunkId(1, 2, 3),
              0,
              0,
              DirectorySignature.NONE)
          .isUnchanged(now);
    }
  }

  @Test
  void the_same_inode_and_times_some_while_before_the_listing_mean_no_change() {
    assertThat(isUnchanged(seen -> seen)).isTrue();
  }

  @Test
  void a_listing_within_two_seconds_of_a_change_proves_nothing() {
    assertThat(isUnchanged(s -> new Seen(true, true, 2000, 0, 0, 0))).isFalse();
    assertThat(isUnchanged(s -> new Seen(true, true, 0, 0, 0, 0))).isFalse();
    assertThat(isUnchanged(s -> new Seen(true, true, -5000, 0, 0, 0))).isFalse();
  }

  @Test
  void any_difference_is_a_change() {
    assertThat(isUnchanged(s -> new Seen(true, true, 9000, 1, 0, 0))).isFalse();
    assertThat(isUnchanged(s -> new Seen(true, true, 9000, 0, -1, 0))).isFalse();
    assertThat(isUnchanged(s -> new Seen(true, true, 9000, 0, 0, -1))).isFalse();
  }

  @Test
  void what_a_broken_run_saw_or_what_was_not_read_whole_is_looked_at_again() {
    assertThat(isUnchanged(s -> new Seen(false, true, 9000, 0, 0, 0))).isFalse();
    assertThat(isUnchanged(s -> new Seen(true, false, 9000, 0, 0, 0))).isFalse();
  }
}
