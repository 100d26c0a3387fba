package org.mailkeep.engine.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.engine.RestoreRun;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.engine.TreeImage;
import org.mailkeep.repository.snapshot.Snapshot;

/** A small tree of files, a repository for it, and a target that is not there yet. */
abstract class RestoreFixture {

  @TempDir Path temp;
  Path source;
  Path target;
  TestRepository repository;

  @BeforeEach
  void create() throws IOException {
    source = Files.createDirectory(temp.resolve("source"));
    target = temp.resolve("target");
    repository = new TestRepository(Files.createDirectory(temp.resolve("work")));
    write("a", "b/c", "b/d/e", "b/d/f.tmp", "z");
    Files.createSymbolicLink(source.resolve("b/link"), Path.of("c"));
  }

  @AfterEach
  void close() {
    repository.close();
  }

  /** Files whose content is their path. */
  void write(String... files) throws IOException {
    for (String file : files) {
      Files.createDirectories(source.resolve(file).getParent());
      Files.writeString(source.resolve(file), file);
    }
  }

  /** Where the source comes back to. */
  Path back() {
    return target.resolve(source.toString().substring(1));
  }

  Path back(String path) {
    return back().resolve(path);
  }

  Snapshot snapshot() {
    return repository.backup(source).snapshot();
  }

  RestoreRun restore() {
    return repository.restore(snapshot());
  }

  static List<String> names(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(path -> !path.equals(root))
          .map(path -> root.relativize(path).toString())
          .sorted()
          .toList();
    }
  }

  /** What came back is what was there, in every respect. */
  void isExact() {
    assertThat(TreeImage.of(back())).isEqualTo(TreeImage.of(source));
  }
}
