package org.mailkeep.engine.find;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.PathPattern;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.model.ByteString;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.model.tree.Body;
import org.mailkeep.repository.index.BlockLocation;
import org.mailkeep.repository.object.ObjectKind;
import org.mailkeep.repository.object.ObjectNames;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.storage.ObjectName;

class FindTest {

  @TempDir Path temp;
  private Path source;
  private TestRepository repository;
  private final List<Snapshot> snapshots = new ArrayList<>();
  private final List<FoundPath> found = new ArrayList<>();
  private final List<UnreadableException> damaged = new ArrayList<>();

  @BeforeEach
  void create() throws IOException {
    source = Files.createDirectory(temp.resolve("source"));
    write("a/cur/1.mx,S=3:2,", "one");
    write("a/cur/2.mx,S=3:2,S", "two");
    write("b/note", "short");
    Files.createSymbolicLink(source.resolve("b/link"), Path.of("note"));
    repository = new TestRepository(Files.createDirectory(temp.resolve("work")));
  }

  @AfterEach
  void close() {
    repository.close();
  }

  private void write(String path, String text) throws IOException {
    Path file = source.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void takeSnapshot() {
    snapshots.add(repository.backup(source).fullScan().snapshot());
  }

  private List<String> find(String... patterns) {
    return find(Set.of(), patterns);
  }

  /** Paths below the source, in the order in which they were told. */
  private List<String> find(Set<FoundType> types, String... patterns) {
    found.clear();
    FindSettings settings =
        new FindSettings(List.of(patterns).stream().map(PathPattern::of).toList(), types);
    FindObserver observer =
        new FindObserver() {
          @Override
          public void found(FoundPath path) {
            found.add(path);
          }

          @Override
          public void damaged(RawPath directory, UnreadableException problem) {
            damaged.add(problem);
          }
        };
    try (ChunkReader reader = repository.reader()) {
      Find.run(reader, snapshots, settings, observer, new Cancellation());
    }
    return found.stream().map(path -> path.path().text().replace(source + "/", "")).toList();
  }

  private FoundPath.Version only() {
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().versions()).hasSize(1);
    return found.getFirst().versions().getFirst();
  }

  @Test
  void a_file_that_stays_is_one_version_in_all_snapshots() {
    takeSnapshot();
    takeSnapshot();
    assertThat(find("1.mx*")).containsExactly("a/cur/1.mx,S=3:2,");
    assertThat(only().snapshots()).isEqualTo(2);
    assertThat(only().first()).isEqualTo(snapshots.getFirst());
    assertThat(only().last()).isEqualTo(snapshots.getLast());
    assertThat(only().entry().size()).isEqualTo(3);
    assertThat(damaged).isEmpty();
  }

  @Test
  void a_deleted_file_is_found_where_it_still_was() throws IOException {
    takeSnapshot();
    Files.delete(source.resolve("a/cur/2.mx,S=3:2,S"));
    takeSnapshot();
    assertThat(find("2.mx*")).containsExactly("a/cur/2.mx,S=3:2,S");
    assertThat(only().snapshots()).isEqualTo(1);
    assertThat(only().last()).isEqualTo(snapshots.getFirst());
  }

  @Test
  void a_changed_file_has_its_versions_in_the_order_of_time() throws IOException {
    takeSnapshot();
    write("b/note", "longer than before");
    takeSnapshot();
    takeSnapshot();
    write("b/note", "short again");
    takeSnapshot();
    assertThat(find("note")).containsExactly("b/note");
    assertThat(found.getFirst().versions())
        .extracting(version -> version.entry().size())
        .containsExactly(5L, 18L, 11L);
    assertThat(found.getFirst().versions())
        .extracting(FoundPath.Version::snapshots)
        .containsExactly(1, 2, 1);
    assertThat(found.getFirst().newest().entry().size()).isEqualTo(11);
  }

  @Test
  void a_folder_that_moved_is_found_at_both_places() throws IOException {
    takeSnapshot();
    Files.move(source.resolve("a"), source.resolve("c"));
    takeSnapshot();
    assertThat(find("1.mx*")).containsExactly("a/cur/1.mx,S=3:2,", "c/cur/1.mx,S=3:2,");
    assertThat(found.get(0).newest().last()).isEqualTo(snapshots.get(0));
    assertThat(found.get(1).newest().first()).isEqualTo(snapshots.get(1));
    assertThat(find(source + "/c/**"))
        .containsExactly("c/cur", "c/cur/1.mx,S=3:2,", "c/cur/2.mx,S=3:2,S");
  }

  @Test
  void one_folder_at_many_places_is_found_at_each() throws IOException {
    for (int i = 0; i < 40; i++) {
      write("many/" + i + "/x/same", "same");
      Files.setLastModifiedTime(
          source.resolve("many/" + i + "/x/same"), java.nio.file.attribute.FileTime.fromMillis(1));
    }
    takeSnapshot();
    assertThat(find("same")).hasSize(40);
  }

  @Test
  void a_folder_of_many_nodes_is_searched_to_its_end() throws IOException {
    for (int i = 0; i < 3000; i++) {
      write("big/f%04d".formatted(i), "");
    }
    takeSnapshot();
    Files.delete(source.resolve("big/f2999"));
    takeSnapshot();
    assertThat(find("f[0-9]*")).hasSize(3000).isSorted();
    assertThat(find("f2999", "f0000")).containsExactly("big/f0000", "big/f2999");
    assertThat(found.get(0).newest().snapshots()).isEqualTo(2);
    assertThat(found.get(1).newest().snapshots()).isEqualTo(1);
  }

  @Test
  void a_pattern_with_slashes_is_for_paths() {
    takeSnapshot();
    assertThat(find(source + "/*/cur")).containsExactly("a/cur");
    assertThat(find(source + "/a/*")).containsExactly("a/cur");
    assertThat(find("cur/2*")).containsExactly("a/cur/2.mx,S=3:2,S");
    assertThat(find("/cur/2*")).isEmpty();
    assertThat(find(source + "/b**k")).containsExactly("b/link");
    assertThat(find("/nowhere/**")).isEmpty();
  }

  @Test
  void types_can_be_chosen() {
    takeSnapshot();
    assertThat(find(Set.of(FoundType.DIRECTORY), source + "/**"))
        .containsExactly("a", "a/cur", "b");
    assertThat(find(Set.of(FoundType.SYMBOLIC_LINK), "*")).containsExactly("b/link");
    assertThat(only().entry().body()).isEqualTo(new Body.SymbolicLink(ByteString.of("note")));
    assertThat(find(Set.of(FoundType.FILE), "*"))
        .containsExactly("a/cur/1.mx,S=3:2,", "a/cur/2.mx,S=3:2,S", "b/note");
    assertThat(find(Set.of(FoundType.FILE, FoundType.SYMBOLIC_LINK), "n*", "l*")).hasSize(2);
  }

  @Test
  void a_folder_is_one_version_whatever_it_holds() throws IOException {
    takeSnapshot();
    var before = Files.getLastModifiedTime(source.resolve("b"));
    write("b/more", "x");
    Files.setLastModifiedTime(source.resolve("b"), before);
    takeSnapshot();
    assertThat(find("b")).containsExactly("b");
    assertThat(only().snapshots()).isEqualTo(2);
  }

  @Test
  void odd_names_are_found() throws IOException {
    write("odd/new\nline", "x");
    write("odd/[x]*?", "x");
    Path latin = temp.resolve("latin");
    Process process =
        new ProcessBuilder(
                "/bin/sh",
                "-c",
                "mkdir \"$1\" && : > \"$1/$(printf 'caf\\351')\" && : > \"$1/café\"",
                "sh",
                latin.toString())
            .start();
    assertThat(process.onExit().join().exitValue()).isZero();
    snapshots.add(repository.backup(source, latin).snapshot());
    assertThat(find("new?line")).containsExactly("odd/new\nline");
    assertThat(find("\\[x]\\*\\?")).containsExactly("odd/[x]*?");
    assertThat(find("caf?")).containsExactly(latin + "/café", latin + "/caf\udce9");
    assertThat(find("caf\udce9")).containsExactly(latin + "/caf\udce9");
    assertThat(find("*é")).containsExactly(latin + "/café");
  }

  @Test
  void what_cannot_be_read_is_told_and_the_rest_is_found() throws IOException {
    takeSnapshot();
    List<ObjectName> before = repository.objects("packs");
    write("b/later", "x");
    takeSnapshot();
    List<ObjectName> later = new ArrayList<>(repository.objects("packs"));
    later.removeAll(before);
    assertThat(later).hasSize(1);
    ObjectId pack = ObjectNames.id(ObjectKind.PACK, later.getFirst()).orElseThrow();
    for (BlockLocation block : repository.repository().packs().table(pack).locations()) {
      repository.flipBit(later.getFirst(), (int) block.offset() + block.storedLength() / 2);
    }
    assertThat(find("note", "later")).contains("b/note");
    assertThat(damaged).isNotEmpty();
  }

  @Test
  void nothing_is_found_in_no_snapshots() {
    assertThat(find("*")).isEmpty();
  }
}
