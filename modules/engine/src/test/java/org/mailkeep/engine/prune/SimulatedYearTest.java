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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
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
import org.mailkeep.repository.index.CondemnedPacks;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.pack.PackReader;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.storage.MemoryStorage;
import org.mailkeep.testkit.mail.MailTree;

/**
 * Several hosts that back up to one repository every day, forget as people do, and prune every week
 * while backups run. After each week every snapshot that is left must come back exactly, and the
 * repository be hardly larger than one made of these snapshots alone.
 */
class SimulatedYearTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final RetentionRules RULES =
      new RetentionRules(
          Map.of(Period.LAST, 2, Period.DAILY, 7, Period.WEEKLY, 4, Period.MONTHLY, 6),
          Optional.empty(),
          List.of(),
          Set.of(Grouping.HOST, Grouping.PATHS),
          false);

  @TempDir private Path temp;
  private final Map<String, MailTree> hosts = new HashMap<>();
  private final Map<ObjectId, Map<String, String>> images = new HashMap<>();

  @Test
  @Timeout(600)
  void after_every_week_of_three_all_is_there_and_little_else() throws IOException {
    simulate(2, 3, 1);
  }

  @Test
  @Tag("slow")
  @Timeout(900)
  void after_every_week_of_a_year_all_is_there_and_little_else() throws IOException {
    simulate(4, 52, 13);
  }

  /**
   * @param comparing after so many weeks each the size is compared with that of a new repository
   */
  private void simulate(int hostCount, int weeks, int comparing) throws IOException {
    try (SharedRepository repository =
        new SharedRepository(new MemoryStorage(), Files.createDirectory(temp.resolve("states")))) {
      for (int h = 0; h < hostCount; h++) {
        MailTree mail = MailTree.create(temp.resolve("host" + h), 100 + h, 1, 3);
        Object _ = mail.deliver(150);
        hosts.put("host" + h, mail);
      }
      for (int week = 1; week <= weeks; week++) {
        for (int day = 1; day <= 6; day++) {
          repository.pass(Duration.ofHours(22));
          backupAll(repository);
          repository.pass(HOUR.multipliedBy(2));
        }
        forget(repository);
        pruneBesideBackups(repository);
        repository.pass(Duration.ofHours(25));
        // What was condemned yesterday goes.
        Object _ = repository.prune();
        assertAllRestore(repository);
        if (week % comparing == 0) {
          assertCompact(repository, week);
        }
      }
      assertThat(repository.check().damage()).isEmpty();
    }
  }

  private void backupAll(SharedRepository repository) throws IOException {
    for (Map.Entry<String, MailTree> host : hosts.entrySet()) {
      Object _ = host.getValue().live(12);
      backup(repository, host.getKey(), repository.now());
    }
  }

  private void backup(SharedRepository repository, String host, Instant time) {
    Path root = mail(host).root();
    Map<String, String> image = SnapshotImage.of(root);
    Snapshot snapshot =
        repository.backup(repository.open(), host, root, () -> time, BackupObserver.SILENT);
    synchronized (images) {
      images.put(snapshot.id(), image);
    }
  }

  private MailTree mail(String host) {
    return java.util.Objects.requireNonNull(hosts.get(host));
  }

  private static void forget(SharedRepository repository) {
    List<Snapshot> snapshots = repository.snapshots();
    Forget forget = new Forget(repository.open(), ZoneOffset.UTC);
    assertThat(forget.forget(forget.judge(snapshots, RULES))).isEmpty();
  }

  private void pruneBesideBackups(SharedRepository repository) throws IOException {
    List<CompletableFuture<Void>> running = new ArrayList<>();
    Instant time = repository.now();
    for (Map.Entry<String, MailTree> host : hosts.entrySet()) {
      Object _ = host.getValue().live(12);
      running.add(CompletableFuture.runAsync(() -> backup(repository, host.getKey(), time)));
    }
    Object _ = repository.prune();
    running.forEach(CompletableFuture::join);
  }

  private void assertAllRestore(SharedRepository repository) {
    for (Map.Entry<String, MailTree> host : hosts.entrySet()) {
      Map<Recipe, String> read = new HashMap<>();
      try (ChunkReader reader = repository.reader(host.getKey())) {
        for (Snapshot snapshot : repository.snapshots()) {
          if (snapshot.manifest().host().equals(host.getKey())) {
            assertThat(SnapshotImage.of(snapshot, host.getValue().root(), reader, read))
                .as(host.getKey() + " of " + snapshot.manifest().time())
                .isEqualTo(images.get(snapshot.id()));
          }
        }
      }
    }
  }

  /**
   * Restores all snapshots one after the other and backs them up into a repository of their own.
   * Packs that only wait for the end of their grace time do not count: they go with the next prune.
   */
  private void assertCompact(SharedRepository repository, int week) throws IOException {
    Path folder = Files.createDirectory(temp.resolve("fresh" + week));
    try (SharedRepository fresh = new SharedRepository(new MemoryStorage(), folder)) {
      RestoredTrees trees = new RestoredTrees(folder.resolve("trees"));
      for (Snapshot snapshot : repository.snapshots()) {
        String host = snapshot.manifest().host();
        try (ChunkReader reader = repository.reader(host)) {
          Path tree = trees.bring(snapshot, reader, mail(host).root(), host);
          Object _ = fresh.backup(host, tree);
        }
      }
      double ratio = (double) (repository.size("") - waiting(repository)) / fresh.size("");
      assertThat(ratio).as("size after week " + week).isLessThan(1.1);
    }
  }

  private static long waiting(SharedRepository repository) {
    Set<ObjectId> packs = new HashSet<>();
    CondemnedPacks condemned = repository.open().condemned();
    condemned.list().forEach(list -> packs.addAll(condemned.read(list).packs()));
    return packs.stream()
        .mapToLong(pack -> repository.storage().size(PackReader.name(pack)).orElse(0))
        .sum();
  }
}
