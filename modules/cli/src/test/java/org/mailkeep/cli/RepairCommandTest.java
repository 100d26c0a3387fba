package org.mailkeep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps of "When something is broken" in the README, and their exit codes. */
class RepairCommandTest {

  @TempDir private Path folder;
  private Shell shell;
  private String source;

  @BeforeEach
  void create() throws IOException {
    shell = new Shell(folder);
    Path files = Files.createDirectory(folder.resolve("source"));
    // In four blocks: the damage in the middle is not where the other file is, in the first or
    // last.
    byte[] noise = new byte[4_000_000];
    new SplittableRandom(1).nextBytes(noise);
    Files.write(files.resolve("noise"), noise);
    Files.writeString(files.resolve("other"), "other");
    source = files.toString();
  }

  private Path pack() throws IOException {
    try (Stream<Path> packs = Files.walk(folder.resolve("repo/packs"))) {
      return packs.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
  }

  private void damage(Path pack) throws IOException {
    byte[] bytes = Files.readAllBytes(pack);
    bytes[bytes.length / 2] ^= 1;
    Files.setAttribute(pack, "unix:mode", 0600);
    Files.write(pack, bytes);
  }

  @Test
  void damage_is_told_set_aside_and_healed_by_a_backup() throws IOException {
    assertThat(shell.mailkeep("backup", "--init", source).exit()).isZero();
    assertThat(shell.mailkeep("repair").exit()).isZero();
    damage(pack());
    Shell.Outcome check = shell.mailkeep("check", "--read-data-subset", "100%");
    assertThat(check.exit()).isOne();
    assertThat(check.out()).contains("affects 1 file in 1 snapshot", source + "/noise");
    Shell.Outcome plan = shell.mailkeep("repair");
    assertThat(plan.exit()).isOne();
    assertThat(plan.out()).contains("1. mailkeep repair packs");
    assertThat(shell.mailkeep("repair", "snapshots").err()).contains("repair packs' first");
    assertThat(shell.mailkeep("repair", "packs", "--dry-run").out())
        .contains("Nothing was changed");
    assertThat(shell.mailkeep("repair", "packs").exit()).isOne();
    assertThat(shell.mailkeep("backup", source).exit()).isZero();
    assertThat(shell.mailkeep("repair", "snapshots").exit()).isZero();
    assertThat(shell.mailkeep("repair", "packs", "--delete-set-aside").exit()).isZero();
    assertThat(shell.mailkeep("check", "--read-data").exit()).isZero();
  }

  @Test
  void bad_sectors_are_mended_while_reading_and_told_once() throws IOException {
    assertThat(shell.mailkeep("init", "--ecc", "5%").exit()).isZero();
    assertThat(shell.mailkeep("backup", source).exit()).isZero();
    damage(pack());
    String target = folder.resolve("restored").toString();
    Shell.Outcome restore = shell.mailkeep("restore", "latest", "--target", target);
    assertThat(restore.exit()).isZero();
    assertThat(restore.err()).containsOnlyOnce("1 bad sector, and was read by way of its parity");
    assertThat(Files.mismatch(Path.of(target, source, "noise"), Path.of(source, "noise")))
        .isEqualTo(-1);
    assertThat(shell.mailkeep("check", "--read-data").out()).contains("mended by its parity");
    assertThat(shell.mailkeep("repair", "packs").exit()).isZero();
    assertThat(shell.mailkeep("check", "--read-data").exit()).isZero();
  }

  @Test
  void a_mark_or_list_that_does_not_open_is_named_with_what_to_do() throws IOException {
    assertThat(shell.mailkeep("backup", "--init", source).exit()).isZero();
    for (String name : List.of("condemned/", "marks/")) {
      String object = name + "ab".repeat(32);
      Path file = folder.resolve("repo").resolve(object);
      Files.createDirectories(file.getParent());
      Files.write(file, new byte[100]);
      Shell.Outcome check = shell.mailkeep("check");
      assertThat(check.exit()).isOne();
      assertThat(check.out()).contains(object);
      Shell.Outcome plan = shell.mailkeep("repair");
      assertThat(plan.exit()).isOne();
      assertThat(plan.out()).contains("1. remove " + object, "safe to remove");
      Files.delete(file);
      assertThat(shell.mailkeep("repair").exit()).isZero();
    }
  }

  @Test
  void wrong_usage_is_told_with_what_would_be_right() {
    assertThat(shell.mailkeep("check", "--read-data-subset", "0%").exit()).isEqualTo(2);
    assertThat(shell.mailkeep("check", "--read-data-subset", "4/3").err()).contains("3/10");
    assertThat(shell.mailkeep("check", "--read-data", "--read-data-subset", "5%").exit())
        .isEqualTo(2);
    assertThat(shell.mailkeep("init", "--ecc", "80%").err()).contains("1% to 50%");
    assertThat(shell.mailkeep("repair", "packs", "no-pack").exit()).isEqualTo(2);
    assertThat(shell.mailkeep("repair", "nothing").exit()).isEqualTo(2);
  }
}
