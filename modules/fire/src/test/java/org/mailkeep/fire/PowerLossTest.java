package org.mailkeep.fire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.cli.Shell;
import org.mailkeep.testkit.mail.MailTree;

/**
 * The power is cut after any system call that changes the repository or the host state, and the
 * disk keeps of what was not synced nothing, all, only names, only bytes, or anything. What was
 * acknowledged before restores from what is left, and the next run is whole.
 */
class PowerLossTest {

  @TempDir private Path temp;
  private final SplittableRandom random = Fire.random("power");
  private final Set<String> seen = new HashSet<>();
  private Path world;
  private Path repository;
  private Path source;
  private Shell shell;
  private MailTree mail;
  private Ledger ledger;
  private int points;
  private int states;

  @BeforeEach
  void a_repository() throws IOException {
    assumeTrue(Fire.canTrace(), "needs strace, and to be let");
    source = temp.resolve("source");
    mail = MailTree.create(source, 5, 1, 2);
    Object _ = mail.deliver(12);
    world = Files.createDirectory(temp.resolve("world"));
    repository = world.resolve("repo");
    shell =
        new Shell(temp)
            .with("MAILKEEP_REPOSITORY", repository.toString())
            .with("MAILKEEP_STATE_DIR", world.resolve("state").toString());
    ledger = new Ledger(source);
    assertThat(shell.mailkeep("init", "--key-file", temp.resolve("key").toString()).exit())
        .isZero();
    for (int i = 0; i < 3; i++) {
      Object _ = mail.deliver(4);
      backedUp();
    }
  }

  private void backedUp() throws IOException {
    Shell.Outcome backup = shell.mailkeep("backup", source.toString());
    assertThat(backup.exit()).as(backup.err()).isZero();
    ledger.settle(repository, true, List.of(), true);
  }

  /**
   * A disk on which the power was cut, and what must be on it.
   *
   * @param source what the source looked like then: a snapshot that was just being made is of that
   */
  private record Cut(
      String when,
      Map<String, byte @Nullable []> disk,
      Ledger ledger,
      Map<String, String> source,
      List<String> mayVanish) {}

  /** A command, and what it may do to snapshots. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Act(List<String> mayVanish, String... command) {}

  @Test
  void a_backup_and_the_one_after_it() throws Exception {
    burn(
        "backup",
        80,
        new Act(List.of(), "backup", source.toString()),
        new Act(List.of(), "backup", source.toString()));
  }

  @Test
  void forgetting_and_pruning() throws Exception {
    List<String> gone = ledger.snapshots().subList(0, 2);
    burn(
        "forget, prune",
        70,
        new Act(gone, "forget", gone.get(0), gone.get(1)),
        new Act(List.of(), "prune", "--now", "--max-unused", "0"));
  }

  @Test
  void a_prune_that_leaves_packs_for_later() throws Exception {
    List<String> gone = ledger.snapshots().subList(0, 2);
    assertThat(shell.mailkeep("forget", gone.get(0), gone.get(1)).exit()).isZero();
    ledger.settle(repository, false, gone, true);
    burn("prune", 40, new Act(List.of(), "prune", "--max-unused", "0"));
  }

  @Test
  void a_repair_of_the_index_and_of_parity() throws Exception {
    burn(
        "repair",
        50,
        new Act(List.of(), "repair", "parity", "--ecc", "10%"),
        new Act(List.of(), "rebuild-index"));
  }

  /** Records the commands, one after the other, and looks at so many of the disks in between. */
  private void burn(String what, int most, Act... acts) throws Exception {
    DiskModel disk = DiskModel.of(world);
    List<Cut> cuts = new ArrayList<>();
    for (int i = 0; i < acts.length; i++) {
      Act act = acts[i];
      boolean backsUp = act.command()[0].equals("backup");
      if (backsUp) {
        Object _ = mail.live(8);
      }
      Path trace = temp.resolve("trace" + i);
      Shell.Outcome outcome = shell.line(Recording.line(trace, act.command()));
      assertThat(outcome.exit()).as(outcome.err()).isZero();
      Map<String, String> now = ledger.image();
      Ledger before = ledger.copy();
      ledger.settle(repository, backsUp, act.mayVanish(), true);
      Recording.play(
          trace, world, disk, call -> collect(call, disk, before, now, act.mayVanish(), cuts));
      Files.delete(trace);
      // From here on the command is done, whatever was synced.
      collect("end of " + act.command()[0], disk, ledger.copy(), now, List.of(), cuts);
    }
    requireEqual(disk);
    int wanted = Math.min(Fire.rounds(most), cuts.size());
    for (int i = 0; i < wanted; i++) {
      // Evenly from the beginning to the end, which is always tried.
      survive(cuts.get((int) ((long) (i + 1) * cuts.size() / wanted) - 1), i);
    }
    Fire.figure(
        "power",
        "%-16s %5d calls, %5d different disks after them, %5d tried, 0 lost",
        what,
        points,
        cuts.size(),
        states);
  }

  private void collect(
      String call,
      DiskModel disk,
      Ledger known,
      Map<String, String> now,
      List<String> mayVanish,
      List<Cut> cuts) {
    points++;
    List<DiskModel.Loss> losses = new ArrayList<>(List.of(DiskModel.Loss.values()));
    losses.add(DiskModel.Loss.ANYTHING);
    for (DiskModel.Loss loss : losses) {
      Map<String, byte @Nullable []> left = disk.cutPower(loss, random);
      if (seen.add(print(left) + System.identityHashCode(known))) {
        cuts.add(new Cut(call + " " + points + " " + loss, left, known, now, mayVanish));
      }
    }
  }

  private static String print(Map<String, byte @Nullable []> disk) {
    StringBuilder text = new StringBuilder();
    disk.forEach((path, bytes) -> text.append(path).append(Arrays.hashCode(bytes)).append('\n'));
    return text.toString();
  }

  /** The model is worth something only if, with nothing lost, it is what the real disk holds. */
  private void requireEqual(DiskModel disk) throws IOException {
    Map<String, byte @Nullable []> model = disk.cutPower(DiskModel.Loss.NOTHING, random);
    Map<String, byte @Nullable []> real =
        DiskModel.of(world).cutPower(DiskModel.Loss.NOTHING, random);
    assertThat(model.keySet()).isEqualTo(real.keySet());
    Map<String, Boolean> equal = new LinkedHashMap<>();
    real.forEach((path, bytes) -> equal.put(path, Arrays.equals(bytes, model.get(path))));
    assertThat(equal).doesNotContainValue(false);
  }

  private void survive(Cut cut, int number) throws IOException {
    states++;
    Path place = Files.createDirectory(temp.resolve("cut" + number));
    Recording.store(cut.disk(), place);
    Path left = place.resolve("repo");
    Shell after =
        new Shell(temp)
            .with("MAILKEEP_REPOSITORY", left.toString())
            .with("MAILKEEP_STATE_DIR", place.resolve("state").toString());
    Ledger known = cut.ledger().copy();
    try {
      known.settle(left, true, cut.mayVanish(), false, cut.source());
      Shell.Outcome backup = after.mailkeep("backup", source.toString());
      assertThat(backup.exit()).as("the next backup: %s", backup.err()).isZero();
      known.settle(left, true, List.of(), true);
      Ledger.requireSound(after);
      List<String> all = known.snapshots();
      known.requireExact(after, temp, number % 5 == 0 ? all : all.subList(0, 1));
    } catch (AssertionError e) {
      throw new AssertionError("power cut after " + cut.when() + ": " + e.getMessage(), e);
    }
    Ledger.delete(place);
  }
}
