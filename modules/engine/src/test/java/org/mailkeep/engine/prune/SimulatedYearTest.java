package org.mailkeep.engine.prune;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.engine.backup.BackupObserver;
import org.mailkeep.engine.forget.Forget;
import org.mailkeep.engine.forget.Period;
import org.mailkeep.engine.forget.RetentionRules;
import org.mailkeep.engine.forget.RetentionRules.Grouping;
import org.mailkeep.engine.restore.RestoredTrees;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.content.Recipe;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.storage.MemoryStorage;

/**
 * Several hosts that back up to one repository every few hours, forget and prune every week while
 * backups run, and prune once more when the time of grace is over. Then every snapshot that is left
 * must come back exactly, and all that is in the storage be hardly larger than a repository made of
 * these snapshots alone.
 */
class SimulatedYearTest {

  private static final int WEEK = 7 * 24;

  /** How many weeks the long form takes: 52 are a year, and take many minutes. */
  private static final int WEEKS = Integer.getInteger("year.weeks", 8);

  /** Hours from one backup of a host to the next in the long form. */
  private static final int EVERY = Integer.getInteger("year.every", 6);

  /** After so many weeks each the long form compares sizes. */
  private static final int COMPARING = Integer.getInteger("year.comparing", 4);

  /** After so many hours what the weekly prune condemned goes. */
  private static final int GRACE = 25;

  private static final RetentionRules RULES =
      new RetentionRules(
          Map.of(Period.HOURLY, 24, Period.DAILY, 7, Period.WEEKLY, 4, Period.MONTHLY, 12),
          Optional.empty(),
          List.of(),
          Set.of(Grouping.HOST, Grouping.PATHS),
          false);

  @TempDir private Path temp;
  private final Map<String, LivingHost> hosts = new TreeMap<>();
  private final SplittableRandom random = new SplittableRandom(6);

  @Test
  @Timeout(600)
  void after_every_week_of_two_all_is_there(TestReporter reporter) throws IOException {
    simulate(2, 2, 12, Integer.MAX_VALUE, reporter);
  }

  @Test
  @Tag("slow")
  @Timeout(600)
  void after_two_weeks_all_is_there_and_little_else(TestReporter reporter) throws IOException {
    simulate(2, 2, 6, 2, reporter);
  }

  @Test
  @Tag("slow")
  @Timeout(1200)
  void after_every_week_of_many_all_is_there_and_little_else(TestReporter reporter)
      throws IOException {
    simulate(4, WEEKS, EVERY, COMPARING, reporter);
  }

  /**
   * @param every hours from one backup to the next
   * @param comparing after so many weeks each the size is compared with that of a new repository
   */
  private void simulate(int hostCount, int weeks, int every, int comparing, TestReporter reporter)
      throws IOException {
    try (SharedRepository repository =
        new SharedRepository(new MemoryStorage(), Files.createDirectory(temp.resolve("states")))) {
      for (int h = 0; h < hostCount; h++) {
        hosts.put("host" + h, new LivingHost("host" + h, temp, 100 + h));
      }
      for (int hour = 1; hour <= weeks * WEEK + GRACE; hour++) {
        repository.pass(Duration.ofHours(1));
        for (LivingHost host : hosts.values()) {
          host.live(hour % 24);
        }
        if (hour % WEEK == 0) {
          forget(repository);
          pruneBesideBackups(repository);
        } else if (hour % every == 0) {
          hosts.values().forEach(host -> backup(repository, host, repository.now()));
        }
        if (hour % WEEK == GRACE && hour > WEEK) {
          Object _ = repository.prune();
          int week = hour / WEEK;
          assertAllThere(repository, week);
          if (week % comparing == 0) {
            assertCompact(repository, week, reporter);
          }
        }
      }
      assertThat(repository.check().damage()).isEmpty();
    }
  }

  private static void backup(SharedRepository repository, LivingHost host, Instant time) {
    Snapshot snapshot =
        repository.backup(
            repository.open(), host.name(), host.root(), () -> time, BackupObserver.SILENT);
    host.remember(snapshot.id());
  }

  private void forget(SharedRepository repository) {
    Forget forget = new Forget(repository.open(), ZoneOffset.UTC);
    assertThat(forget.forget(forget.judge(repository.snapshots(), RULES))).isEmpty();
    Set<ObjectId> left =
        repository.snapshots().stream().map(Snapshot::id).collect(Collectors.toSet());
    hosts.values().forEach(host -> host.keep(left));
  }

  private void pruneBesideBackups(SharedRepository repository) {
    Instant time = repository.now();
    List<CompletableFuture<Void>> running = new ArrayList<>();
    for (LivingHost host : hosts.values()) {
      running.add(CompletableFuture.runAsync(() -> backup(repository, host, time)));
    }
    Object _ = repository.prune();
    running.forEach(CompletableFuture::join);
  }

  /** Reads all of every snapshot, and restores the newest and a random one of each host. */
  private void assertAllThere(SharedRepository repository, int week) throws IOException {
    List<Snapshot> all = repository.snapshots();
    RestoredTrees trees = new RestoredTrees(Files.createDirectory(temp.resolve("week" + week)));
    for (LivingHost host : hosts.values()) {
      List<Snapshot> own = of(host, all);
      Map<Recipe, String> read = new HashMap<>();
      try (ChunkReader reader = repository.reader(host.name())) {
        for (Snapshot snapshot : own) {
          assertThat(SnapshotImage.of(snapshot, host.root(), reader, read))
              .as(host.name() + " of " + snapshot.manifest().time())
              .isEqualTo(host.image(snapshot.id()));
        }
        for (Snapshot snapshot : List.of(own.getLast(), own.get(random.nextInt(own.size())))) {
          Object _ = restored(trees, snapshot, reader, host);
        }
      }
    }
  }

  private static List<Snapshot> of(LivingHost host, List<Snapshot> all) {
    return all.stream().filter(snapshot -> snapshot.manifest().host().equals(host.name())).toList();
  }

  private static Path restored(
      RestoredTrees trees, Snapshot snapshot, ChunkReader reader, LivingHost host) {
    Path tree = trees.bring(snapshot, reader, host.root(), host.name());
    Map<String, String> image = new TreeMap<>();
    SnapshotImage.of(tree)
        .forEach(
            (path, text) ->
                image.put(host.root().resolve(tree.relativize(Path.of(path))).toString(), text));
    assertThat(image).isEqualTo(host.image(snapshot.id()));
    return tree;
  }

  /**
   * Restores all snapshots one after the other and backs them up into a repository of their own.
   */
  private void assertCompact(SharedRepository repository, int week, TestReporter reporter)
      throws IOException {
    Path folder = Files.createDirectory(temp.resolve("fresh" + week));
    try (SharedRepository fresh =
        new SharedRepository(
            new MemoryStorage(), Files.createDirectory(folder.resolve("states")))) {
      RestoredTrees trees = new RestoredTrees(folder.resolve("trees"));
      List<Snapshot> all = repository.snapshots();
      for (LivingHost host : hosts.values()) {
        try (ChunkReader reader = repository.reader(host.name())) {
          for (Snapshot snapshot : of(host, all)) {
            Object _ = fresh.backup(host.name(), restored(trees, snapshot, reader, host));
          }
        }
      }
      double ratio = (double) repository.size("") / fresh.size("");
      String said = "%d snapshots, %.3f of one made anew".formatted(all.size(), ratio);
      String parts =
          Stream.of("packs", "index", "snapshots")
              .map(part -> part + " " + repository.size(part) + " of " + fresh.size(part))
              .collect(Collectors.joining(", "));
      reporter.publishEntry("week " + week, said + ": " + parts);
      assertThat(ratio).as("week %d: %s", week, parts).isLessThan(1.1);
    }
  }
}
