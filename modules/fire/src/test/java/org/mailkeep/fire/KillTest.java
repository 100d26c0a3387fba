package org.mailkeep.fire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.cli.Shell;
import org.mailkeep.testkit.mail.MailTree;

/**
 * Commands that write are killed at random moments, over a long history of one repository and its
 * copy. After each kill all that was acknowledged is there, and the next command works.
 */
class KillTest {

  private static final int KILLED = 137;
  private static final int MOST_SNAPSHOTS = 12;

  @TempDir private Path temp;
  private final SplittableRandom random = Fire.random("kill");
  private final Map<String, Long> usual = new HashMap<>();
  private final Map<String, int[]> tally = new TreeMap<>();
  private Path repository;
  private Path copy;
  private Shell shell;
  private Shell copyShell;
  private MailTree mail;
  private Ledger ledger;
  private int round;

  @BeforeEach
  void a_repository_with_parity_and_a_copy() throws IOException {
    Path source = temp.resolve("source");
    mail = MailTree.create(source, random.nextLong(), 1, 3);
    Object _ = mail.deliver(60);
    repository = temp.resolve("repo");
    copy = temp.resolve("copy");
    shell = new Shell(temp);
    copyShell =
        new Shell(temp)
            .with("MAILKEEP_REPOSITORY", copy.toString())
            .with("MAILKEEP_STATE_DIR", temp.resolve("copy-state").toString());
    ledger = new Ledger(source);
    done(shell.mailkeep("init", "--ecc", "10%"));
    done(shell.mailkeep("backup", source.toString()));
    ledger.settle(repository, true, List.of(), true);
    done(shell.mailkeep("copy", "--init", "--to", copy.toString()));
  }

  private static void done(Shell.Outcome outcome) {
    assertThat(outcome.exit()).as("%s%s", outcome.out(), outcome.err()).isZero();
  }

  @Test
  void nothing_acknowledged_is_lost_over_a_long_history_of_kills() throws Exception {
    int rounds = Fire.rounds(110);
    for (round = 1; round <= rounds; round++) {
      int drawn = random.nextInt(100);
      if (ledger.snapshots().size() > MOST_SNAPSHOTS || drawn < 12) {
        forget();
      } else if (drawn < 50) {
        backup();
      } else if (drawn < 65) {
        prune();
      } else if (drawn < 80) {
        copy();
      } else {
        repair(drawn);
      }
      Ledger.requireSound(shell);
      List<String> all = ledger.snapshots();
      ledger.requireExact(shell, temp, List.of(all.get(random.nextInt(all.size()))));
    }
    settleDown();
    int kills = tally.values().stream().mapToInt(counts -> counts[1]).sum();
    tally.forEach(
        (what, counts) ->
            Fire.figure("kill", "%-16s %5d runs, %5d killed, 0 lost", what, counts[0], counts[1]));
    Fire.figure("kill", "%d restores compared, all exact", ledger.restored());
    assertThat(kills).as("kills that hit a running command").isGreaterThan(rounds / 3);
  }

  private void backup() throws Exception {
    Object _ = mail.live(random.nextInt(12));
    boolean isDone = burn("backup", "backup", mail.root().toString(), "--quiet");
    ledger.settle(repository, true, List.of(), isDone);
  }

  private void forget() throws Exception {
    List<String> all = new ArrayList<>(ledger.snapshots());
    if (all.size() < 3) {
      backup();
      return;
    }
    List<String> doomed = new ArrayList<>();
    for (int left = random.nextInt(1, all.size() - 1); left > 0; left--) {
      doomed.add(all.remove(random.nextInt(all.size())));
    }
    List<String> command = new ArrayList<>(List.of("forget", "--quiet", "--allow-last"));
    command.addAll(doomed);
    boolean isDone = burn("forget", command.toArray(String[]::new));
    ledger.settle(repository, false, doomed, isDone);
  }

  private void prune() throws Exception {
    boolean isDone =
        random.nextInt(4) == 0
            ? burn("prune", "prune", "--quiet")
            : burn("prune --now", "prune", "--now", "--max-unused", "0", "--quiet");
    ledger.settle(repository, false, List.of(), isDone);
  }

  /** A copy holds whole snapshots only, and all of them when it said so. */
  private void copy() throws Exception {
    boolean isDone = burn("copy", "copy", "--to", copy.toString(), "--quiet");
    List<String> there = new ArrayList<>(Ledger.look(copy));
    if (isDone) {
      assertThat(there).containsAll(ledger.snapshots());
    }
    there.retainAll(ledger.snapshots());
    Ledger.requireSound(copyShell);
    if (!there.isEmpty()) {
      ledger.requireExact(copyShell, temp, List.of(there.get(random.nextInt(there.size()))));
    }
  }

  /** Damage that can be undone is undone, though the repair is killed on the way. */
  private void repair(int drawn) throws Exception {
    if (drawn < 87) {
      List<Path> segments = objects("index");
      Files.delete(segments.get(random.nextInt(segments.size())));
      repaired("repair index");
    } else if (drawn < 94) {
      List<Path> packs = objects("packs");
      flip(packs.get(random.nextInt(packs.size())));
      Shell.Outcome _ = shell.mailkeep("check", "--read-data");
      repaired("repair packs");
    } else {
      Ledger.delete(temp.resolve("state"));
      repaired("rebuild-index");
    }
  }

  private void repaired(String command) throws Exception {
    String[] words = command.split(" ", -1);
    if (!burn(command, words)) {
      done(shell.mailkeep(words));
    }
    ledger.settle(repository, false, List.of(), true);
  }

  private List<Path> objects(String folder) throws IOException {
    try (Stream<Path> files = Files.walk(repository.resolve(folder))) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    }
  }

  private void flip(Path object) throws IOException {
    byte[] bytes = Files.readAllBytes(object);
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    Files.setPosixFilePermissions(object, PosixFilePermissions.fromString("rw-------"));
    Files.write(object, bytes);
    Files.setPosixFilePermissions(object, PosixFilePermissions.fromString("r--------"));
  }

  /** Runs a command and kills it at some moment; true where it was done before. */
  private boolean burn(String what, String... command) throws Exception {
    int[] counts = tally.computeIfAbsent(what, _ -> new int[2]);
    counts[0]++;
    long longest = usual.getOrDefault(what, 2_500L);
    long start = System.nanoTime();
    Process process = shell.start(command);
    // Nothing is written in the time that the virtual machine takes to start.
    if (!process.waitFor(random.nextLong(longest / 4, longest + 50), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
    }
    Shell.Outcome outcome = shell.finish(process);
    if (outcome.exit() == KILLED) {
      counts[1]++;
      // Slower than thought: the next one shall come further.
      usual.put(what, longest + longest / 12);
      return false;
    }
    assertThat(outcome.exit()).as("round %s, %s: %s", round, what, outcome.err()).isZero();
    long took = (System.nanoTime() - start) / 1_000_000;
    usual.merge(what, took, (before, now) -> (before + now) / 2);
    return true;
  }

  /** In the end everything restores, and a prune removes all that kills left behind. */
  private void settleDown() throws IOException {
    ledger.requireAllExact(shell, temp);
    FileTime old = FileTime.from(Instant.now().minusSeconds(25 * 3600));
    for (Path leftover : leftovers()) {
      Files.setLastModifiedTime(leftover, old);
    }
    done(shell.mailkeep("repair", "packs", "--delete-set-aside"));
    done(shell.mailkeep("repair", "parity"));
    done(shell.mailkeep("prune", "--now", "--max-unused", "0"));
    requireNoLeftovers();
    Shell.Outcome again = shell.mailkeep("prune", "--now", "--max-unused", "0", "--json");
    done(again);
    assertThat(again.out()).contains("\"removed\":{\"packs\":0,\"bytes\":0}");
    Ledger.requireSound(shell);
    done(shell.mailkeep("copy", "--to", copy.toString(), "--quiet"));
    Ledger.requireSound(copyShell);
    ledger.requireAllExact(copyShell, temp);
  }

  /**
   * Nothing has a temporary name, nothing is condemned or set aside, each pack is in the index and
   * has parity, and no parity is of a pack that is gone.
   */
  private void requireNoLeftovers() throws IOException {
    assertThat(leftovers()).isEmpty();
    assertThat(names("condemned")).as("condemned").isEmpty();
    assertThat(names("set-aside")).as("set aside").isEmpty();
    Set<String> parity = names("parity");
    assertThat(parity.remove("setting")).isTrue();
    assertThat(parity).as("packs with parity").isEqualTo(names("packs"));
    Shell.Outcome check = shell.mailkeep("check", "--read-data", "--json");
    done(check);
    assertThat(check.out()).contains("\"notes\":[]");
  }

  private Set<String> names(String folder) throws IOException {
    Set<String> names = new TreeSet<>();
    if (Files.isDirectory(repository.resolve(folder))) {
      objects(folder).forEach(object -> names.add(object.getFileName().toString()));
    }
    return names;
  }

  private List<Path> leftovers() throws IOException {
    try (Stream<Path> files = Files.walk(repository)) {
      return files.filter(f -> f.getFileName().toString().startsWith(".tmp-")).toList();
    }
  }
}
