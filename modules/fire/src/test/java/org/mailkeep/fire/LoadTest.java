package org.mailkeep.fire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.cli.Shell;

/**
 * Several hosts back up sources that change at full speed, while others forget, prune and check the
 * same repository, all in processes of their own. Nobody waits for anybody, and nothing gets lost.
 *
 * <p>What a prune condemns does not go within the hours that this takes, so the repository grows
 * all the time. A backup needs no more memory than at the beginning. Prunes and checks look at more
 * and more, so that caches outside of their heap fill up to their limits; their heap is small, so
 * that nothing fits into it that grows with the repository.
 */
class LoadTest {

  private static final int HOSTS = 3;
  private static final int KEPT = 4;
  private static final long SLACK_KIB = 16 << 10;

  /** In MiB; a check of a million messages passes in 40. */
  private static final int SMALL_HEAP = 64;

  /** Of a process with that heap, caches outside of it and Java itself included. */
  private static final long MOST_KIB = 240 << 10;

  /** The state database keeps 256 files open at most. */
  private static final long MOST_FILES = 256 + 64;

  private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f]{64})\"");

  @TempDir private Path temp;
  private final SplittableRandom random = Fire.random("load");
  private final List<LivingSource> sources = new ArrayList<>();
  private final Map<String, List<Long>> memory = new TreeMap<>();
  private final Map<String, List<Long>> files = new TreeMap<>();
  private Instant end = Instant.MAX;

  private Shell shell(String host) throws IOException {
    Path folder = Files.createDirectories(temp.resolve(host));
    return new Shell(folder)
        .with("MAILKEEP_REPOSITORY", temp.resolve("repo").toString())
        .with("MAILKEEP_KEY_FILE", temp.resolve("key").toString());
  }

  @AfterEach
  void stop() throws Exception {
    sources.forEach(LivingSource::end);
    for (LivingSource source : sources) {
      source.requireEndedInPeace();
    }
  }

  @Test
  void many_hosts_write_while_others_prune_and_check_and_nothing_is_lost() throws Exception {
    Shell admin = shell("admin");
    assertThat(admin.mailkeep("init").exit()).isZero();
    for (int i = 0; i < HOSTS; i++) {
      sources.add(new LivingSource(temp.resolve("source" + i), random.nextLong()));
    }
    end = Instant.now().plus(Duration.ofSeconds(Fire.rounds(360)));
    List<Callable<Integer>> work = new ArrayList<>();
    for (int i = 0; i < HOSTS; i++) {
      int host = i;
      work.add(() -> backUp(host));
    }
    Shell pruner = shell("pruner").withHeap(SMALL_HEAP);
    Shell checker = shell("checker").withHeap(SMALL_HEAP);
    work.add(() -> repeat("prune", pruner, "prune", "--max-unused", "0", "--quiet"));
    work.add(() -> repeat("check", checker, "check", "--read-data-subset", "50%"));
    int runs = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(work.size())) {
      for (Future<Integer> done : threads.invokeAll(work)) {
        runs += done.get();
      }
    }
    long events = 0;
    for (LivingSource source : sources) {
      source.end();
      events += source.events();
    }
    admin.mailkeep("stats").out().lines().forEach(line -> Fire.figure("load", "%s", line));
    afterwards(admin);
    memory.forEach((what, curve) -> tell(what + ": KiB of memory", curve));
    files.forEach((what, curve) -> tell(what + ": open files", curve));
    memory.forEach(LoadTest::requireBounded);
    assertThat(files).allSatisfy((_, curve) -> assertThat(curve).allMatch(n -> n <= MOST_FILES));
    Fire.figure("load", "%d hosts, %d runs, %d changes of sources, 0 lost", HOSTS, runs, events);
  }

  /** Backs up one source again and again, and forgets all but the newest of its snapshots. */
  private int backUp(int number) throws Exception {
    LivingSource source = sources.get(number);
    String host = "host" + number;
    Shell shell = shell(host);
    int runs = 0;
    while (Instant.now().isBefore(end)) {
      run("backup", shell, "backup", source.root().toString(), "--host", host, "--quiet");
      if (runs++ % KEPT == 0) {
        requireRestored(shell, source, host);
        Shell.Outcome forget =
            shell.mailkeep("forget", "--host", host, "--keep-last", "" + KEPT, "--quiet");
        assertThat(forget.exit()).as(forget.err()).isZero();
      }
    }
    return runs;
  }

  private void requireRestored(Shell shell, LivingSource source, String host) throws IOException {
    Path target = temp.resolve("restored-" + host);
    String newest = newest(shell, host);
    Shell.Outcome restore =
        shell.mailkeep("restore", newest, "--target", target.toString(), "--quiet");
    assertThat(restore.exit()).as(restore.err()).isZero();
    source.requireMessages(target);
    Ledger.delete(target);
  }

  private static String newest(Shell shell, String host) {
    Shell.Outcome outcome = shell.mailkeep("snapshots", "--host", host, "--json");
    assertThat(outcome.exit()).as(outcome.err()).isZero();
    Matcher id = ID.matcher(outcome.out());
    String newest = "";
    while (id.find()) {
      newest = id.group(1);
    }
    return newest;
  }

  private int repeat(String what, Shell shell, String... command) throws Exception {
    int runs = 0;
    for (; Instant.now().isBefore(end); runs++) {
      run(what, shell, command);
    }
    return runs;
  }

  /** Runs a command in a process, and notes the most memory and files that it had. */
  private void run(String what, Shell shell, String... command) throws Exception {
    Process process = shell.start(command);
    long most = 0;
    long open = 0;
    while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
      most = Math.max(most, Usage.mostMemory(process.pid()));
      open = Math.max(open, Usage.openFiles(process.pid()));
    }
    Shell.Outcome outcome = shell.finish(process);
    assertThat(outcome.exit()).as("%s: %s%s", what, outcome.out(), outcome.err()).isZero();
    synchronized (this) {
      memory.computeIfAbsent(what, _ -> new ArrayList<>()).add(most);
      files.computeIfAbsent(what, _ -> new ArrayList<>()).add(open);
    }
  }

  private static void tell(String what, List<Long> curve) {
    Fire.figure("load", "%-24s %s", what, Usage.curve(curve));
  }

  private static void requireBounded(String command, List<Long> memory) {
    if (!command.equals("backup")) {
      assertThat(memory).as(command).allMatch(most -> most <= MOST_KIB);
    } else if (memory.size() >= 6) {
      Usage.requireFlat(command, memory, SLACK_KIB);
    }
  }

  /** All that was kept restores, and what was forgotten goes. */
  private void afterwards(Shell admin) throws IOException {
    Ledger.requireSound(admin);
    for (int i = 0; i < HOSTS; i++) {
      requireRestored(admin, sources.get(i), "host" + i);
    }
    Shell.Outcome prune = admin.mailkeep("prune", "--now", "--max-unused", "0", "--quiet");
    assertThat(prune.exit()).as(prune.err()).isZero();
    Ledger.requireSound(admin);
    for (int i = 0; i < HOSTS; i++) {
      requireRestored(admin, sources.get(i), "host" + i);
    }
  }
}
