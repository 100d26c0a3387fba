package org.mailkeep.engine.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.Parallelism;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.model.ObjectId;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.storage.ObjectName;

/** A check that reads a part each time reads all in time. */
class ReadSubsetTest {

  private static final int PACKS = 10;

  @TempDir Path temp;
  private TestRepository repository;
  private StateDatabase database;
  private PackChecks checks;

  @BeforeEach
  void create() throws IOException {
    Path source = Files.createDirectory(temp.resolve("source"));
    repository = new TestRepository(Files.createDirectory(temp.resolve("work")));
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < PACKS; i++) {
      byte[] noise = new byte[20_000];
      random.nextBytes(noise);
      Files.write(source.resolve("noise" + i), noise);
      Object _ = repository.backup(source).run();
    }
    assertThat(repository.objects("packs")).hasSize(PACKS);
    database = StateDatabase.open(temp.resolve("checks"));
    checks = new PackChecks(database);
  }

  @AfterEach
  void close() {
    database.close();
    repository.close();
  }

  private CheckReport check(DataSubset subset) {
    return new Check(
            repository.repository(),
            Parallelism.atMost(1),
            CheckObserver.SILENT,
            new Cancellation())
        .run(subset, Optional.of(checks));
  }

  private ObjectId id(ObjectName name) {
    return ObjectId.parse(name.id()).orElseThrow();
  }

  @Test
  void a_share_a_day_reads_every_pack_once_before_any_is_read_again() {
    long total = 0;
    int runs = 0;
    Optional<Coverage> coverage = Optional.empty();
    while (coverage.filter(Coverage::isWhole).isEmpty()) {
      CheckReport report = check(new DataSubset.Share(0.2));
      assertThat(report.isSound()).isTrue();
      assertThat(report.bytes()).isPositive();
      total += report.bytes();
      coverage = report.coverage();
      if (!coverage.orElseThrow().isWhole()) {
        assertThat(coverage.orElseThrow().readBytes()).as("none is read twice").isEqualTo(total);
      }
      assertThat(coverage.orElseThrow().oldest()).isPresent();
      runs++;
    }
    assertThat(runs).isBetween(4, 6);
    assertThat(coverage.orElseThrow().readBytes()).isEqualTo(coverage.orElseThrow().bytes());
    assertThat(check(new DataSubset.Share(0.2)).bytes()).isPositive();
  }

  @Test
  void all_are_all_also_where_the_last_one_is_empty_now() {
    List<ObjectId> ids = List.of(new ObjectId(1, 0, 0, 0), new ObjectId(-1, 0, 0, 0));
    PackInventory inventory = new PackInventory(database, Optional.empty());
    inventory.add(ids.getFirst(), 20_000);
    inventory.add(ids.getLast(), 0);
    assertThat(inventory.choose(DataSubset.all()).packs()).isEqualTo(2);
    assertThat(ids).allMatch(inventory::isWanted);
  }

  @Test
  void a_size_reads_so_many_bytes_and_at_least_one_pack() {
    assertThat(check(new DataSubset.Size(1)).bytes()).isBetween(20_000L, 30_000L);
    assertThat(check(new DataSubset.Size(50_000)).bytes()).isBetween(50_000L, 80_000L);
  }

  @Test
  void the_parts_are_all_there_is_and_share_nothing() {
    Set<ObjectId> parts = new HashSet<>();
    for (int part = 1; part <= 3; part++) {
      DataSubset.Part third = new DataSubset.Part(part, 3);
      repository.objects("packs").stream()
          .map(this::id)
          .filter(third::contains)
          .forEach(pack -> assertThat(parts.add(pack)).isTrue());
    }
    assertThat(parts).hasSize(PACKS);
    long bytes = 0;
    for (int part = 1; part <= 3; part++) {
      bytes += check(new DataSubset.Part(part, 3)).bytes();
    }
    assertThat(bytes).isEqualTo(check(DataSubset.all()).bytes());
  }

  @Test
  void what_was_found_damaged_is_read_in_every_check_until_it_is_whole_again() {
    ObjectName pack = repository.objects("packs").getFirst();
    repository.flipBit(pack, 3000);
    assertThat(check(DataSubset.all()).isSound()).isFalse();
    for (DataSubset subset : new DataSubset[] {new DataSubset.Size(1), DataSubset.nothing()}) {
      CheckReport report = check(subset);
      assertThat(report.damage()).extracting(CheckReport.Damage::object).contains(pack.toString());
      assertThat(report.damage().getFirst().affectedFiles()).isPositive();
      assertThat(report.damage().getFirst().affectedSnapshots()).isPositive();
    }
    repository.flipBit(pack, 3000);
    assertThat(check(DataSubset.nothing()).isSound()).isTrue();
    assertThat(check(DataSubset.nothing()).bytes()).isZero();
  }

  @Test
  void packs_that_are_gone_are_forgotten() {
    CheckReport all = check(DataSubset.all());
    ObjectName pack = repository.objects("packs").getFirst();
    repository.storage().delete(pack);
    Coverage coverage = check(DataSubset.nothing()).coverage().orElseThrow();
    assertThat(coverage.readPacks()).isEqualTo(PACKS - 1L);
    assertThat(coverage.readBytes()).isLessThan(all.bytes());
    assertThat(checks.lastRead(id(pack))).isEmpty();
  }
}
