package org.mailkeep.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.engine.WatchedBackup;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.state.Table;

/** Large folders of messages in which little has changed: only that is looked at closely. */
class ChangedFolderTest {

  private static final int MESSAGES = 900;

  @TempDir Path temp;
  private Path maildir;
  private Path cur;
  private TestRepository repository;
  private int delivered;

  @BeforeEach
  void create() throws IOException {
    maildir = temp.resolve("Maildir");
    cur = Files.createDirectories(maildir.resolve("cur"));
    Files.createDirectories(maildir.resolve("new"));
    Files.createDirectories(maildir.resolve("tmp"));
    repository = new TestRepository(Files.createDirectory(temp.resolve("work")));
    for (int i = 0; i < MESSAGES; i++) {
      deliver(name(i) + ":2,", "message " + i);
    }
  }

  @AfterEach
  void close() {
    repository.close();
  }

  private static String name(int number) {
    return (1_700_000_000L + number * 997L) + ".M" + number * 7919 + "P1.mx";
  }

  private Path deliver(String name, String text) throws IOException {
    Path file = Files.writeString(cur.resolve(name), "Subject: x\n\n" + text);
    Instant time = Instant.ofEpochSecond(1_700_000_000 + ++delivered);
    return Files.setLastModifiedTime(file, FileTime.from(time));
  }

  private Path message(int number) {
    return cur.resolve(name(number) + ":2,");
  }

  private Entry curIn(Snapshot snapshot) {
    return repository.tree(snapshot).require(RawPath.of(cur.toString())).entry();
  }

  private Entry backUp(WatchedBackup watch) {
    return curIn(repository.backup(maildir).watchedBy(watch).snapshot());
  }

  /** The folder as a backup sees it that knows nothing. */
  private Entry backUpAnew() throws IOException {
    repository.loseState();
    return backUp(new WatchedBackup());
  }

  /** The keys of the nodes that the state has of the folder with most. */
  private List<byte[]> keysOfLargestFolder() {
    Map<String, List<byte[]>> folders = new HashMap<>();
    repository
        .state()
        .scan(
            Table.NODES,
            new byte[0],
            (key, _) ->
                folders
                    .computeIfAbsent(HexFormat.of().formatHex(key, 0, 16), _ -> new ArrayList<>())
                    .add(key));
    return folders.values().stream().max(Comparator.comparingInt(List::size)).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void whatever_changes_the_folder_becomes_the_same_as_if_all_were_read(long seed)
      throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    var _ = backUp(new WatchedBackup());
    for (int day = 0; day < 2; day++) {
      for (int run = 0; run < 2; run++) {
        int changes = 1 + random.nextInt(random.nextInt(4) == 0 ? 200 : 12);
        for (int i = 0; i < changes; i++) {
          change(random);
        }
        var _ = backUp(new WatchedBackup());
      }
      change(random);
      assertThat(backUp(new WatchedBackup())).isEqualTo(backUpAnew());
    }
    assertThat(repository.check(true).isSound()).isTrue();
  }

  private void change(SplittableRandom random) throws IOException {
    List<Path> files = files();
    Path file = files.get(random.nextInt(files.size()));
    Path other = files.get(random.nextInt(files.size()));
    switch (random.nextInt(11)) {
      case 0, 1, 2, 3 -> Files.move(file, cur.resolve(file.getFileName() + "S"));
      case 4 -> Files.delete(file);
      case 5 -> deliver(name(random.nextInt(5 * MESSAGES)) + ":2,S", "new " + random.nextLong());
      case 6 -> Files.setAttribute(file, "unix:mode", 0600 | random.nextInt(0100));
      case 7 -> Files.createLink(cur.resolve(file.getFileName() + ".l" + random.nextInt()), file);
      case 8 -> Files.move(file, other, StandardCopyOption.REPLACE_EXISTING);
      case 9 -> deliver(file.getFileName().toString(), "other " + random.nextInt());
      default -> swap(file, other);
    }
  }

  private void swap(Path file, Path other) throws IOException {
    if (!file.equals(other)) {
      Path aside = maildir.resolve("aside");
      Files.move(file, aside);
      Files.move(other, file);
      Files.move(aside, other);
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> list = Files.list(cur)) {
      return new ArrayList<>(list.sorted().toList());
    }
  }

  @Test
  void messages_between_which_nothing_changed_are_neither_known_one_by_one_nor_noted_again()
      throws IOException {
    var _ = backUp(new WatchedBackup());
    // What the state knows of each message is gone, all but sums.
    List<byte[]> keys = keysOfLargestFolder();
    try (var batch = repository.state().batch()) {
      keys.forEach(key -> batch.delete(Table.NODES, key));
      batch.commit();
    }
    Files.move(message(500), cur.resolve(name(500) + ":2,S"));
    WatchedBackup watch = new WatchedBackup();
    Entry entry = backUp(watch);
    assertThat(watch.read).hasSizeBetween(1, 512).contains(cur + "/" + name(500) + ":2,S");
    assertThat(keysOfLargestFolder().size()).isLessThan(keys.size() - 2);
    assertThat(entry).isEqualTo(backUpAnew());
  }

  @Test
  void a_change_in_the_folder_alone_writes_no_node() throws IOException {
    Entry before = backUp(new WatchedBackup());
    Files.delete(Files.createFile(cur.resolve("1.lock")));
    WatchedBackup watch = new WatchedBackup();
    assertThat(backUp(watch).body()).isEqualTo(before.body());
    assertThat(watch.read).isEmpty();
    assertThat(watch.files.get()).isEqualTo(MESSAGES);
  }

  @Test
  void a_message_of_the_old_size_and_time_under_its_old_name_is_read_when_it_is_another_file()
      throws IOException {
    var _ = backUp(new WatchedBackup());
    Path other = Files.writeString(temp.resolve("other"), "Subject: x\n\nmessagE 321");
    Files.setLastModifiedTime(other, Files.getLastModifiedTime(message(321)));
    Files.move(other, message(321), StandardCopyOption.REPLACE_EXISTING);
    WatchedBackup watch = new WatchedBackup();
    Entry entry = backUp(watch);
    assertThat(watch.read).containsExactly(message(321).toString());
    assertThat(entry).isEqualTo(backUpAnew());
  }

  @Test
  void what_is_left_out_stays_out_of_it() throws IOException {
    deliver("0.spam:2,", "x");
    var run = repository.backup(maildir).exclude("*.spam*");
    var _ = run.snapshot();
    deliver("1.spam:2,", "y");
    Files.move(message(5), cur.resolve(name(5) + ":2,S"));
    Snapshot snapshot = run.snapshot();
    assertThat(snapshot.manifest().leftOut()).anyMatch(left -> left.count() == 2);
    assertThat(curIn(snapshot).files()).isEqualTo(MESSAGES);
    repository.loseState();
    assertThat(curIn(run.snapshot())).isEqualTo(curIn(snapshot));
  }

  @Test
  void a_folder_or_a_pipe_among_the_messages_is_seen() throws Exception {
    var _ = backUp(new WatchedBackup());
    Files.createDirectory(cur.resolve("odd"));
    Files.writeString(cur.resolve("odd/x"), "x");
    Files.createSymbolicLink(cur.resolve("link"), Path.of("odd"));
    Entry with = backUp(new WatchedBackup());
    assertThat(with.files()).isEqualTo(MESSAGES + 2);
    assertThat(with).isEqualTo(backUpAnew());
    Files.delete(cur.resolve("odd/x"));
    Files.delete(cur.resolve("odd"));
    Files.delete(cur.resolve("link"));
    assertThat(backUp(new WatchedBackup())).isEqualTo(backUpAnew());
  }

  @Test
  void a_message_taken_from_new_while_new_is_read_is_in_cur_alone() throws IOException {
    Path fresh = maildir.resolve("new/2000000000.x.mx");
    Files.writeString(fresh, "Subject: new\n\n");
    var _ = backUp(new WatchedBackup());
    Files.writeString(maildir.resolve("new/2000000001.y.mx"), "Subject: newer\n\n");
    WatchedBackup watch =
        new WatchedBackup()
            .onReading(
                path -> {
                  if (path.endsWith("y.mx")) {
                    moveQuietly(fresh, cur.resolve("2000000000.x.mx:2,S"));
                  }
                });
    Snapshot snapshot = repository.backup(maildir).withThreads(1).watchedBy(watch).snapshot();
    assertThat(repository.pathsBelow(maildir, snapshot).stream().filter(p -> p.contains(".x.")))
        .containsExactly("cur/2000000000.x.mx:2,S");
  }

  @Test
  void a_message_renamed_while_it_is_read_keeps_its_place_among_those_that_stayed()
      throws IOException {
    var _ = backUp(new WatchedBackup());
    Path late = deliver("1600000000.z:2,", "late");
    Path now = cur.resolve("1600000000.z:2,S");
    WatchedBackup watch = new WatchedBackup().onReading(_ -> moveQuietly(late, now));
    Entry entry = backUp(watch);
    assertThat(entry.files()).isEqualTo(MESSAGES + 1);
    assertThat(entry.body()).isEqualTo(backUpAnew().body());
  }

  private static void moveQuietly(Path from, Path to) {
    try {
      if (Files.exists(from)) {
        Files.move(from, to);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
