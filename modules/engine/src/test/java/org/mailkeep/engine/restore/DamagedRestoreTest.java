package org.mailkeep.engine.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.mailkeep.engine.RestoreRun;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.storage.ObjectName;

/** What a damaged repository still gives back. */
class DamagedRestoreTest extends RestoreFixture {

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

  /** A single flipped bit makes version 3 of version 1; blocks are sealed for themselves. */
  @Test
  void a_pack_that_says_a_newer_program_wrote_it_gives_back_what_the_index_knows_of()
      throws IOException {
    Snapshot snapshot = snapshot();
    for (ObjectName pack : repository.objects("packs")) {
      byte[] bytes = repository.storage().get(pack);
      bytes[4] = 3;
      repository.storage().overwrite(pack, bytes);
    }
    assertThat(repository.restore(snapshot).to(target).problems()).isZero();
    assertThat(names(back())).contains("a", "b/c", "b/d/e");
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
