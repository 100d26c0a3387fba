package org.mailkeep.engine.browse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.tree.Body;
import org.mailkeep.repository.snapshot.Snapshot;

class SnapshotTreeTest {

  @TempDir Path temp;
  private Path source;
  private TestRepository repository;
  private Snapshot snapshot;
  private SnapshotTree tree;

  @BeforeEach
  void create() throws IOException {
    source = Files.createDirectory(temp.resolve("source"));
    for (int i = 0; i < 700; i++) {
      Files.writeString(source.resolve("f%03d".formatted(i)), "x");
    }
    Files.createDirectories(source.resolve("d/e"));
    Files.writeString(source.resolve("d/e/x"), "four");
    repository = new TestRepository(Files.createDirectory(temp.resolve("work")));
    snapshot = repository.backup(source).snapshot();
    tree = repository.tree(snapshot);
  }

  @AfterEach
  void close() {
    repository.close();
  }

  private RawPath path(String below) {
    return RawPath.of(source + "/" + below);
  }

  @Test
  void every_entry_is_found_by_its_path() {
    for (String name : List.of("f000", "f333", "f699", "d", "d/e", "d/e/x")) {
      assertThat(tree.find(path(name)))
          .hasValueSatisfying(found -> assertThat(found.path()).isEqualTo(path(name)));
    }
    assertThat(tree.find(RawPath.ROOT)).contains(tree.root());
    assertThat(tree.require(path("d/e/x")).entry().size()).isEqualTo(4);
  }

  @Test
  void what_is_not_there_is_not_found() {
    for (String name : List.of("a", "f0000", "g", "d/e/x/y", "d/../d", "d/f")) {
      assertThat(tree.find(path(name))).isEmpty();
    }
    assertThatThrownBy(() -> tree.require(path("d/nothing")))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining(snapshot.id().shortForm())
        .hasMessageContaining("d/nothing");
  }

  @Test
  void entries_come_in_the_order_of_their_names() {
    Body.Directory directory = (Body.Directory) tree.require(path("")).entry().body();
    List<String> names = new ArrayList<>();
    tree.entries(directory).forEach(entry -> names.add(entry.name().text()));
    assertThat(names).hasSize(701).isSorted();
    assertThat(directory.files()).isEqualTo(701);
    assertThat(directory.size()).isEqualTo(704);
  }

  @Test
  void a_walk_visits_folders_before_their_entries_and_only_those_that_are_wanted() {
    List<String> all = new ArrayList<>();
    tree.walk(tree.root(), found -> all.add(found.path().text()));
    assertThat(all).hasSize(703 + source.getNameCount()).doesNotHaveDuplicates();
    assertThat(all.indexOf(source + "/d")).isLessThan(all.indexOf(source + "/d/e"));
    assertThat(all.indexOf(source + "/d/e")).isLessThan(all.indexOf(source + "/d/e/x"));
    List<String> some = new ArrayList<>();
    tree.walk(
        tree.require(path("")),
        found -> {
          some.add(found.path().text());
          return !found.path().equals(path("d"));
        });
    assertThat(some).contains(source + "/d").doesNotContain(source + "/d/e").hasSize(701);
    List<String> none = new ArrayList<>();
    tree.walk(tree.require(path("f000")), found -> none.add(found.path().text()));
    assertThat(none).isEmpty();
  }

  @Test
  void statistics_count_snapshots_files_and_bytes() {
    Object _ = repository.backup(source.resolve("d")).run();
    RepositoryStatistics statistics = RepositoryStatistics.of(repository.repository());
    assertThat(statistics.snapshots()).isEqualTo(2);
    assertThat(statistics.files()).isEqualTo(702);
    assertThat(statistics.bytes()).isEqualTo(708);
    assertThat(statistics.packs()).isEqualTo(repository.objects("packs").size());
    assertThat(statistics.totalBytes()).isEqualTo(repository.size());
    assertThat(statistics.kinds()).containsKeys("data", "node");
    assertThat(statistics.chunkBytes())
        .isEqualTo(
            statistics.kinds().values().stream().mapToLong(RepositoryStatistics.Use::bytes).sum());
  }
}
