package org.mailkeep.repository.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.model.error.StorageException;

final class StateDatabaseTest {

  @TempDir private Path parent;

  @Test
  void what_was_put_is_there_after_reopening_each_table_by_itself() {
    Path folder = parent.resolve("a/b/state");
    try (StateDatabase state = StateDatabase.open(folder)) {
      for (Table table : Table.values()) {
        state.put(table, bytes("key"), bytes(table.name()));
      }
      assertThat(state.folder()).isEqualTo(folder);
    }
    try (StateDatabase state = StateDatabase.open(folder)) {
      for (Table table : Table.values()) {
        assertThat(state.get(table, bytes("key"))).isEqualTo(bytes(table.name()));
        assertThat(state.get(table, bytes("other"))).isNull();
      }
    }
  }

  @Test
  void a_cursor_finds_keys_in_and_out_of_order() {
    try (StateDatabase state = StateDatabase.open(parent)) {
      try (Batch batch = state.batch()) {
        for (String key : List.of("a", "b", "d", "e")) {
          batch.put(Table.HEADERS, bytes(key), bytes(key + key));
        }
        batch.commitUnlogged();
      }
      try (Cursor cursor = state.cursor(Table.HEADERS)) {
        for (String key : List.of("a", "b", "e", "e", "a", "d")) {
          assertThat(cursor.find(bytes(key))).isEqualTo(bytes(key + key));
        }
        for (String key : List.of("", "c", "f", "aa")) {
          assertThat(cursor.find(bytes(key))).isNull();
        }
        assertThat(cursor.find(bytes("b"))).isEqualTo(bytes("bb"));
      }
    }
  }

  @Test
  void a_batch_takes_effect_at_once_or_not_at_all() {
    try (StateDatabase state = StateDatabase.open(parent)) {
      state.put(Table.NODES, bytes("old"), bytes("1"));
      try (Batch batch = state.batch()) {
        batch.put(Table.NODES, bytes("new"), bytes("2")).delete(Table.NODES, bytes("old"));
        assertThat(batch.size()).isPositive();
        assertThat(state.get(Table.NODES, bytes("new"))).isNull();
        batch.commit();
        assertThat(state.get(Table.NODES, bytes("new"))).isEqualTo(bytes("2"));
        assertThat(state.get(Table.NODES, bytes("old"))).isNull();
        batch.put(Table.NODES, bytes("never"), bytes("3"));
      }
      assertThat(state.get(Table.NODES, bytes("never"))).isNull();
    }
  }

  @Test
  void a_scan_names_the_keys_of_a_prefix_in_order() {
    try (StateDatabase state = StateDatabase.open(parent)) {
      for (String key : List.of("b2", "a", "b", "c", "b1", "b\udbff")) {
        state.put(Table.FACTS, bytes(key), bytes(key));
      }
      state.put(Table.NODES, bytes("b3"), bytes("other table"));
      assertThat(scan(state, "b")).hasSize(4).startsWith("b", "b1", "b2");
      assertThat(scan(state, "x")).isEmpty();
      assertThat(scan(state, "")).hasSize(6);
    }
  }

  private static List<String> scan(StateDatabase state, String prefix) {
    List<String> keys = new ArrayList<>();
    state.scan(
        Table.FACTS,
        bytes(prefix),
        (key, value) -> {
          assertThat(key).isEqualTo(value);
          keys.add(new String(key, UTF_8));
        });
    return keys;
  }

  @Test
  void what_is_appended_is_there_in_order_after_reopening_and_removal_too() {
    byte[] key = bytes("k");
    for (String part : List.of("a", "bc", "d")) {
      try (StateDatabase state = StateDatabase.open(parent);
          Batch batch = state.batch()) {
        batch.append(Table.CHUNKS, key, bytes(part)).commit();
      }
    }
    try (StateDatabase state = StateDatabase.open(parent);
        Batch batch = state.batch()) {
      assertThat(state.get(Table.CHUNKS, key)).isEqualTo(bytes("abcd"));
      List<byte[]> scanned = new ArrayList<>();
      state.scan(Table.CHUNKS, key, (_, value) -> scanned.add(value));
      assertThat(scanned).containsExactly(bytes("abcd"));
      batch.delete(Table.CHUNKS, key).append(Table.CHUNKS, key, bytes("x")).commit();
      assertThat(state.get(Table.CHUNKS, key)).isEqualTo(bytes("x"));
      batch.put(Table.CHUNKS, key, bytes("p")).append(Table.CHUNKS, key, bytes("q")).commit();
      assertThat(state.get(Table.CHUNKS, key)).isEqualTo(bytes("pq"));
    }
  }

  @Test
  void a_cleared_table_is_empty_and_the_others_are_as_they_were() {
    try (StateDatabase state = StateDatabase.open(parent)) {
      byte[] highest = new byte[32];
      Arrays.fill(highest, (byte) 0xff);
      for (byte[] key : List.of(new byte[0], new byte[1], bytes("k"), highest)) {
        state.put(Table.CHUNKS, key, bytes("v"));
        state.put(Table.PACKS, key, bytes("v"));
      }
      try (Batch batch = state.batch()) {
        batch.clear(Table.CHUNKS).put(Table.CHUNKS, bytes("after"), bytes("v")).commit();
      }
      assertThat(state.get(Table.CHUNKS, bytes("after"))).isNotNull();
      for (byte[] key : List.of(new byte[0], new byte[1], bytes("k"), highest)) {
        assertThat(state.get(Table.CHUNKS, key)).isNull();
        assertThat(state.get(Table.PACKS, key)).isNotNull();
      }
    }
  }

  @Test
  void a_second_opening_says_that_the_state_is_busy() {
    try (StateDatabase state = StateDatabase.open(parent)) {
      state.put(Table.FACTS, bytes("k"), bytes("v"));
      assertThatThrownBy(() -> StateDatabase.open(parent))
          .isInstanceOfSatisfying(
              StateBusyException.class, e -> assertThat(e.folder()).isEqualTo(parent));
      assertThat(state.get(Table.FACTS, bytes("k"))).isEqualTo(bytes("v"));
    }
    StateDatabase.open(parent).close();
  }

  @Test
  void a_state_that_another_process_has_open_is_busy_and_not_damaged() throws Exception {
    StateDatabase.open(parent).close();
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                StateHolder.class.getName(),
                parent.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader answer = other.inputReader(UTF_8)) {
      assertThat(answer.readLine()).isEqualTo(StateHolder.OPEN);
      assertThatThrownBy(() -> StateDatabase.open(parent)).isInstanceOf(StateBusyException.class);
    } finally {
      other.outputWriter().close();
      assertThat(other.waitFor()).isZero();
    }
    StateDatabase.open(parent).close();
  }

  @Test
  void only_its_owner_may_look_into_the_folder() throws IOException {
    Path folder = parent.resolve("state");
    fill(folder);
    assertPrivate(folder);
    Files.writeString(folder.resolve("CURRENT"), "nonsense");
    StateDatabase.open(folder).close();
    assertPrivate(folder);
  }

  private static void assertPrivate(Path folder) throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
  }

  @Test
  void a_file_in_the_place_of_the_folder_is_a_clear_failure() throws IOException {
    Path file = Files.writeString(parent.resolve("state"), "x");
    assertThatThrownBy(() -> StateDatabase.open(file))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void a_closed_state_says_so() {
    StateDatabase state = StateDatabase.open(parent);
    state.close();
    assertThatThrownBy(() -> state.get(Table.FACTS, bytes("k")))
        .isInstanceOf(IllegalStateException.class);
  }

  /** Whatever happens to its files, a state works, works anew, or fails clearly. */
  @Test
  void damaged_files_lead_to_a_state_that_works_or_to_a_clear_failure() throws IOException {
    fill(parent.resolve("original"));
    List<String> files = new ArrayList<>();
    try (Stream<Path> found = Files.list(parent.resolve("original"))) {
      found.map(file -> file.getFileName().toString()).sorted().forEach(files::add);
    }
    assertThat(files).anyMatch(f -> f.endsWith(".sst")).anyMatch(f -> f.endsWith(".log"));
    SplittableRandom random = new SplittableRandom(11);
    int works = 0;
    for (String file : files) {
      for (Damage damage : Damage.values()) {
        Path copy = parent.resolve(damage + "-" + file);
        copy(parent.resolve("original"), copy);
        damage.to(copy.resolve(file), random);
        works += workAgain(copy) ? 1 : 0;
      }
    }
    assertThat(works).isGreaterThan(files.size() * Damage.values().length * 3 / 4);
  }

  private static boolean workAgain(Path folder) {
    try (StateDatabase state = StateDatabase.open(folder)) {
      for (Table table : Table.values()) {
        List<byte[]> keys = new ArrayList<>();
        state.scan(table, new byte[0], (key, _) -> keys.add(key));
        state.put(table, bytes("new"), bytes("value"));
        assertThat(state.get(table, bytes("new"))).isEqualTo(bytes("value"));
      }
      return true;
    } catch (StorageException e) {
      assertThat(e).hasMessageContaining(folder.toString());
      assertThat(e.advice()).contains("it can be deleted at any time");
      return false;
    }
  }

  private enum Damage {
    MISSING,
    HALF,
    FLIPPED;

    void to(Path file, SplittableRandom random) throws IOException {
      byte[] bytes = Files.readAllBytes(file);
      switch (this) {
        case MISSING -> Files.delete(file);
        case HALF -> Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        case FLIPPED -> {
          for (int i = 0; i < 20 && bytes.length > 0; i++) {
            bytes[random.nextInt(bytes.length)] ^= 1;
          }
          Files.write(file, bytes);
        }
      }
    }
  }

  /** Enough that some of it is in table files and some in the log. */
  private static void fill(Path folder) {
    for (int round = 0; round < 3; round++) {
      try (StateDatabase state = StateDatabase.open(folder)) {
        for (int i = 0; i < 200; i++) {
          for (Table table : List.of(Table.FACTS, Table.CHUNKS, Table.NODES)) {
            state.put(table, bytes(round + "key" + i), new byte[i]);
          }
        }
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName().toString()));
      }
    }
  }

  @Test
  void a_deleted_folder_is_gone_and_a_missing_one_is_fine() throws IOException {
    Path folder = parent.resolve("state");
    fill(folder);
    Files.createDirectory(folder.resolve("lost"));
    StateFolder.delete(folder);
    assertThat(folder).doesNotExist();
    StateFolder.delete(folder);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
