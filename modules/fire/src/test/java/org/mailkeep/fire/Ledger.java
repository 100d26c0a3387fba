package org.mailkeep.fire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.mailkeep.cli.Shell;
import org.mailkeep.engine.TreeImage;

/**
 * What a repository must hold: each snapshot that was ever seen, with what its source looked like.
 * For one repository that nobody else writes to.
 */
final class Ledger {

  private final Path source;
  private final Map<String, Map<String, String>> images = new HashMap<>();
  private final Set<String> present = new TreeSet<>();
  private int restored;

  /** Of backups of this folder. */
  Ledger(Path source) {
    this.source = source;
  }

  /** One with the same entries that goes its own way from here. */
  Ledger copy() {
    Ledger copy = new Ledger(source);
    copy.images.putAll(images);
    copy.present.addAll(present);
    return copy;
  }

  /** What the source looks like now. */
  Map<String, String> image() {
    return TreeImage.of(source);
  }

  /** The snapshots that are there. */
  List<String> snapshots() {
    return List.copyOf(present);
  }

  /** How many restores were compared. */
  int restored() {
    return restored;
  }

  /** What the repository in a folder has as objects of snapshots. */
  static Set<String> look(Path repository) throws IOException {
    Path folder = repository.resolve("snapshots");
    if (!Files.isDirectory(folder)) {
      return Set.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return new TreeSet<>(
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> !name.startsWith("."))
              .toList());
    }
  }

  /**
   * Takes over what a command did, which may have been killed.
   *
   * @param mayAppear whether it makes a snapshot of the source
   * @param mayVanish the snapshots that it removes
   * @param isDone whether it said so: then the one is there and the others are gone
   */
  void settle(Path repository, boolean mayAppear, Collection<String> mayVanish, boolean isDone)
      throws IOException {
    settle(repository, mayAppear, mayVanish, isDone, image());
  }

  /** As above, where the source has changed since, after it looked like {@code image}. */
  void settle(
      Path repository,
      boolean mayAppear,
      Collection<String> mayVanish,
      boolean isDone,
      Map<String, String> image)
      throws IOException {
    Set<String> found = look(repository);
    Set<String> appeared = new TreeSet<>(found);
    appeared.removeAll(present);
    Set<String> vanished = new TreeSet<>(present);
    vanished.removeAll(found);
    assertThat(mayVanish).as("snapshots that are gone").containsAll(vanished);
    assertThat(appeared).as("new snapshots").hasSizeLessThanOrEqualTo(mayAppear ? 1 : 0);
    if (isDone) {
      assertThat(appeared).as("snapshots reported as made").hasSize(mayAppear ? 1 : 0);
      assertThat(vanished).as("snapshots reported as gone").hasSameElementsAs(mayVanish);
    }
    for (String id : appeared) {
      images.put(id, image);
    }
    present.clear();
    present.addAll(found);
  }

  /** Each of these snapshots comes back exactly as its source was. */
  void requireExact(Shell shell, Path temp, Collection<String> ids) throws IOException {
    for (String id : ids) {
      Path target = temp.resolve("restored");
      Shell.Outcome outcome =
          shell.mailkeep("restore", id, "--target", target.toString(), "--quiet");
      assertThat(outcome.exit()).as("restore of %s: %s", id, outcome.err()).isZero();
      requireRestored(id, target);
    }
  }

  /** What was restored there is this snapshot exactly; then it is removed. */
  void requireRestored(String id, Path target) throws IOException {
    assertThat(TreeImage.of(target.resolve(source.toString().substring(1))))
        .as("snapshot %s", id)
        .isEqualTo(images.get(id));
    delete(target);
    restored++;
  }

  /** All snapshots that are there come back. */
  void requireAllExact(Shell shell, Path temp) throws IOException {
    requireExact(shell, temp, present);
  }

  /** Every byte of the repository is what was written. */
  static void requireSound(Shell shell) {
    Shell.Outcome check = shell.mailkeep("check", "--read-data");
    assertThat(check.exit()).as("check: %s%s", check.out(), check.err()).isZero();
  }

  /** Removes a tree. */
  static void delete(Path tree) throws IOException {
    if (Files.exists(tree)) {
      List<Path> all = new ArrayList<>();
      try (Stream<Path> walk = Files.walk(tree)) {
        walk.forEach(all::add);
      }
      for (Path path : all.reversed()) {
        Files.delete(path);
      }
    }
  }
}
