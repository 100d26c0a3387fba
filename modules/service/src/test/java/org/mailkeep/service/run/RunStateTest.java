package org.mailkeep.service.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.service.schedule.Memory;

/** What a host remembers. */
final class RunStateTest {

  private static final Instant TIME = Instant.parse("2026-11-25T10:00:00.123456789Z");

  @TempDir private Path folder;

  private static RunState state(SplittableRandom random) {
    RunState state = new RunState();
    for (String title : List.of("backup mail", "copy a.b_c-d", "check")) {
      state.step(
          title,
          new StepState(
              new Memory(Optional.of(TIME), Optional.empty(), random.nextInt(9)),
              Optional.of("it said: = / \\ # \u00e4\u20ac\n" + random.nextInt()),
              Optional.of(TIME),
              Map.of("storedBytes", "" + random.nextLong(), "snapshot", "4f21/x"),
              new StepState.Tally(random.nextInt(99), 1, random.nextLong(1L << 40))));
    }
    state.told("mail", new TreeMap<>(Map.of("backup mail", "x / y")));
    state.digest("mail", TIME);
    state.size(LocalDate.of(2026, 11, 25), random.nextLong(1L << 50));
    return state;
  }

  @Test
  void it_comes_back_as_it_was() {
    for (int seed = 0; seed < 100; seed++) {
      RunState before = state(new SplittableRandom(seed));
      RunState after = RunState.decode(before.encode()).orElseThrow();
      assertThat(after.encode()).isEqualTo(before.encode());
      assertThat(after.step("backup mail")).isEqualTo(before.step("backup mail"));
      assertThat(after.told("mail")).isEqualTo(before.told("mail"));
      assertThat(after.digest("mail")).contains(TIME);
      assertThat(after.sizes()).isEqualTo(before.sizes());
    }
  }

  @Test
  void whatever_becomes_of_its_file_it_is_read_without_failing() throws IOException {
    String text = state(new SplittableRandom(1)).encode();
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 2000; i++) {
      char[] damaged = text.toCharArray();
      damaged[random.nextInt(damaged.length)] = (char) random.nextInt(256);
      String cut = new String(damaged).substring(0, random.nextInt(damaged.length + 1));
      RunState.decode(cut).ifPresent(state -> assertThat(state.step("check")).isNotNull());
    }
    Files.createDirectories(folder.resolve("s/runs"));
    StateFolder place = StateFolder.of(folder.resolve("s"), Path.of("/etc/mailkeep.toml"));
    try (AutoCloseable _ = place.lock().orElseThrow()) {
      List<String> problems = new ArrayList<>();
      assertThat(place.load(problems::add).step("check")).isEqualTo(StepState.NONE);
      assertThat(problems).isEmpty();
      place.save(state(random));
      assertThat(place.load(problems::add).sizes()).hasSize(1);
      try (var files = Files.walk(folder)) {
        Path file = files.filter(path -> path.endsWith("state")).findFirst().orElseThrow();
        Files.writeString(file, "\\u00zz");
      }
      assertThat(place.load(problems::add).sizes()).isEmpty();
      assertThat(problems).hasSize(1);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void one_run_at_a_time_has_it() throws Exception {
    StateFolder place = StateFolder.of(folder, Path.of("/etc/mailkeep.toml"));
    StateFolder other = StateFolder.of(folder, Path.of("/etc/other.toml"));
    try (AutoCloseable _ = place.lock().orElseThrow()) {
      assertThat(place.lock()).isEmpty();
      try (AutoCloseable lock = other.lock().orElseThrow()) {
        assertThat(lock).isNotNull();
      }
    }
    try (AutoCloseable lock = place.lock().orElseThrow()) {
      assertThat(lock).isNotNull();
    }
  }
}
