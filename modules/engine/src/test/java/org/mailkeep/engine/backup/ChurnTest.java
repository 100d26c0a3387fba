package org.mailkeep.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.engine.browse.SnapshotTree;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.model.tree.Body;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.tree.TreeReader;
import org.mailkeep.testkit.mail.MailTree;

/** Snapshots of a store in which mail comes, is read, moved and removed all the time. */
@Timeout(120)
class ChurnTest {

  @TempDir Path temp;

  /** Deliveries, flags, moves and deletions without pause, until stopped. */
  private static final class MailServer implements Runnable {
    private final MailTree tree;
    final AtomicBoolean stop = new AtomicBoolean();
    final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    MailServer(MailTree tree) {
      this.tree = tree;
    }

    @Override
    public void run() {
      try {
        while (!stop.get()) {
          Object _ = tree.live(1);
          LockSupport.parkNanos(200_000);
          if (tree.messages().size() > 400) {
            Object _ = tree.delete();
          }
        }
      } catch (IOException | RuntimeException e) {
        failure.set(e);
      }
    }
  }

  /** The files with their change times, which a rename changes too. */
  private static Map<String, String> files(Path root) throws IOException {
    Map<String, String> files = new HashMap<>();
    // A directory stream may miss or repeat what is renamed; then the test only asks for less.
    List<Path> folders = new ArrayList<>(List.of(root));
    while (!folders.isEmpty()) {
      try (Stream<Path> list = Files.list(folders.removeLast())) {
        list.forEach(
            path -> {
              if (Files.isDirectory(path)) {
                folders.add(path);
              } else {
                changed(path).ifPresent(time -> files.put(path.toString(), time));
              }
            });
      }
    }
    return files;
  }

  private static Optional<String> changed(Path path) {
    try {
      return Optional.of(Files.readAttributes(path, "unix:ino,ctime").toString());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String baseName(String path) {
    return path.substring(path.lastIndexOf('/') + 1).replaceFirst(":2,.*", "");
  }

  @Test
  void a_message_that_stays_where_it_is_is_in_every_snapshot_once_and_right() throws Exception {
    MailTree tree = MailTree.create(temp.resolve("source"), 77, 1, 2);
    Object _ = tree.deliver(150);
    linkAll(tree.root());
    MailServer server = new MailServer(tree);
    try (TestRepository repository =
        new TestRepository(Files.createDirectory(temp.resolve("work")))) {
      Thread thread = Thread.ofPlatform().start(server);
      try {
        int checked = 0;
        for (int i = 0; i < 10; i++) {
          Map<String, String> before = files(tree.root());
          Snapshot snapshot = repository.backup(tree.root()).snapshot();
          Set<Map.Entry<String, String>> stayed = new HashSet<>(before.entrySet());
          stayed.retainAll(files(tree.root()).entrySet());
          check(
              repository,
              snapshot,
              stayed.stream().map(Map.Entry::getKey).collect(Collectors.toSet()));
          checked += stayed.size();
        }
        assertThat(checked).isGreaterThan(60);
      } finally {
        server.stop.set(true);
        thread.join();
      }
      assertThat(server.failure.get()).isNull();
      Snapshot last = repository.backup(tree.root()).snapshot();
      check(repository, last, files(tree.root()).keySet());
      assertThat(last.manifest().root().files()).isEqualTo(files(tree.root()).size());
      assertThat(repository.check(true).isSound()).isTrue();
    }
  }

  private static void check(TestRepository repository, Snapshot snapshot, Set<String> stayed)
      throws IOException {
    assertThat(snapshot.manifest().unreadable().failures()).isEmpty();
    Map<String, Integer> places = new HashMap<>();
    Map<String, byte[]> contents = new HashMap<>();
    try (ChunkReader reader = repository.reader()) {
      SnapshotTree files = new SnapshotTree(snapshot, new TreeReader(reader));
      ContentReader content = new ContentReader(reader);
      files.walk(
          files.root(),
          found -> {
            if (found.entry().body() instanceof Body.RegularFile file) {
              String path = found.path().text();
              places.merge(maildir(path) + baseName(path), 1, Integer::sum);
              contents.put(path, content.bytes(file.recipe(), 1 << 24));
            }
            return true;
          });
    }
    places.forEach((message, times) -> assertThat(times).as(message).isEqualTo(1));
    for (String path : stayed) {
      byte[] stored = contents.get(path);
      if (stored != null && Files.exists(Path.of(path))) {
        assertThat(stored).as(path).isEqualTo(contentOf(path, stored));
      }
    }
    assertThat(contents.keySet()).containsAll(stayed);
  }

  /** Where a file is, be it in new or cur. */
  private static String maildir(String path) {
    return path.substring(0, path.lastIndexOf('/') + 1).replaceFirst("/(new|cur)/$", "/");
  }

  /** Gives each message a second name elsewhere, as Dovecot does when it copies. */
  private void linkAll(Path root) throws IOException {
    Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
    int number = 0;
    for (String file : files(root).keySet()) {
      Files.createLink(elsewhere.resolve(String.valueOf(number++)), Path.of(file));
    }
  }

  /** The file, or what is expected of it when it goes just now. */
  private static byte[] contentOf(String path, byte[] expected) throws IOException {
    try {
      return Files.readAllBytes(Path.of(path));
    } catch (java.nio.file.NoSuchFileException e) {
      return expected;
    }
  }
}
