package org.mailkeep.service.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.service.config.Configuration;
import org.mailkeep.service.config.Hook;
import org.mailkeep.service.config.Hook.Event;
import org.mailkeep.service.config.Notifications;
import org.mailkeep.service.config.Step;
import org.mailkeep.service.notify.Channel;
import org.mailkeep.service.notify.Message;
import org.mailkeep.service.notify.Telling;
import org.mailkeep.service.run.Outcome.Result;
import org.mailkeep.service.schedule.Due;
import org.mailkeep.service.schedule.Schedule;

/** What a run does, with commands that only say how they ended, and real hooks. */
final class RunTest {

  private static final Outcome DONE =
      new Outcome(Result.DONE, Optional.empty(), Map.of("storedBytes", "7", "snapshot", "4f21"));

  @TempDir private Path folder;
  private Instant now = Instant.parse("2026-11-25T10:00:00Z");
  private final List<String> performed = new ArrayList<>();
  private final Map<String, Outcome> outcomes = new HashMap<>();
  private final List<Hook> hooks = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final List<String> said = new ArrayList<>();
  private final List<Message> sent = new ArrayList<>();
  private Optional<String> undeliverable = Optional.empty();
  private Optional<Schedule> digest = Optional.empty();
  private StateFolder place;
  private RunState state;

  @BeforeEach
  void a_host() throws Exception {
    place = StateFolder.of(folder, Path.of("/etc/mailkeep.toml"));
    place.lock().orElseThrow().close();
    state = place.load(problems::add);
  }

  private static Step step(Step.Kind kind, String name) {
    return new Step(
        kind, name, new Schedule.Every(Duration.ofHours(1)), List.of(kind.word(), name));
  }

  private Configuration configuration() {
    return new Configuration(
        List.of(
            step(Step.Kind.BACKUP, "mail"),
            step(Step.Kind.BACKUP, "notes"),
            step(Step.Kind.COPY, "usb"),
            step(Step.Kind.FORGET, "forget"),
            step(Step.Kind.PRUNE, "prune"),
            step(Step.Kind.CHECK, "check")),
        hooks,
        new Notifications(List.of("root"), "root", "", Optional.empty(), Optional.empty(), digest),
        Duration.ofMinutes(30),
        Optional.empty());
  }

  private Result run() {
    performed.clear();
    Watch watch = new Watch();
    Result result =
        new Run(
                configuration(),
                Map.of("MAILKEEP_CONFIG", "/etc/mailkeep.toml"),
                place,
                step -> {
                  performed.add(step.title());
                  return outcomes.getOrDefault(step.title(), DONE);
                },
                watch,
                () -> now,
                ZoneOffset.UTC,
                () -> false)
            .execute(state);
    new Telling(configuration(), "mx", List.of(new Memory()), watch)
        .tell(state, now, ZoneOffset.UTC);
    return result;
  }

  private Result runLater(Duration time) {
    now = now.plus(time);
    return run();
  }

  private void fail(String title) {
    outcomes.put(title, Outcome.failed("it is broken"));
  }

  @Test
  void steps_are_done_in_order_and_again_when_they_are_due() {
    assertThat(run()).isEqualTo(Result.DONE);
    assertThat(performed)
        .containsExactly("backup mail", "backup notes", "copy usb", "forget", "prune", "check");
    assertThat(runLater(Duration.ofMinutes(5))).isEqualTo(Result.DONE);
    assertThat(performed).isEmpty();
    runLater(Duration.ofMinutes(55));
    assertThat(performed).hasSize(6);
  }

  @Test
  void a_step_that_fails_does_not_stop_the_others_and_is_tried_again() {
    fail("backup mail");
    assertThat(run()).isEqualTo(Result.FAILED);
    assertThat(performed).hasSize(6);
    assertThat(runLater(Duration.ofMinutes(5))).isEqualTo(Result.FAILED);
    assertThat(performed).containsExactly("backup mail");
    runLater(Duration.ofMinutes(5));
    assertThat(performed).isEmpty();
    outcomes.clear();
    assertThat(runLater(Duration.ofMinutes(5))).isEqualTo(Result.DONE);
    assertThat(performed).containsExactly("backup mail");
  }

  @Test
  void what_is_remembered_survives_the_process() {
    run();
    state = place.load(problems::add);
    runLater(Duration.ofMinutes(5));
    assertThat(performed).isEmpty();
    assertThat(state.step("backup mail").facts()).containsEntry("snapshot", "4f21");
    assertThat(problems).isEmpty();
  }

  @Test
  void while_a_check_says_damaged_nothing_is_removed() {
    outcomes.put(
        "check", new Outcome(Result.FAILED, Optional.of("damaged"), Map.of("sound", "false")));
    run();
    runLater(Duration.ofHours(2));
    assertThat(performed).containsExactly("backup mail", "backup notes", "copy usb", "check");
    outcomes.put("check", new Outcome(Result.DONE, Optional.empty(), Map.of("sound", "true")));
    runLater(Duration.ofHours(2));
    runLater(Duration.ofMinutes(5));
    assertThat(performed).containsExactly("forget", "prune");
  }

  @Test
  void a_check_that_could_not_be_made_later_does_not_lift_that() {
    outcomes.put(
        "check", new Outcome(Result.FAILED, Optional.of("damaged"), Map.of("sound", "false")));
    run();
    fail("check");
    runLater(Duration.ofHours(2));
    runLater(Duration.ofHours(2));
    assertThat(performed).doesNotContain("forget", "prune").contains("check");
  }

  @Test
  void a_before_that_fails_keeps_its_step_from_being_done_and_after_runs_all_the_same()
      throws IOException {
    Path log = folder.resolve("log");
    hook(Event.BEFORE, "echo before; exit 3", Set.of("mail"));
    hook(Event.SUCCESS, "echo success $MAILKEEP_STEP_NAME >> " + log, Set.of());
    hook(Event.FAILURE, "echo failure $MAILKEEP_STEP_PROBLEM >> " + log, Set.of());
    hook(Event.AFTER, "echo after $MAILKEEP_STEP $MAILKEEP_STEP_RESULT >> " + log, Set.of());
    assertThat(run()).isEqualTo(Result.FAILED);
    assertThat(performed).doesNotContain("backup mail").contains("backup notes");
    assertThat(said).containsExactly("before");
    assertThat(Files.readAllLines(log))
        .containsExactly(
            "failure the hook on before ended with status 3",
            "after backup failed",
            "success notes",
            "after backup done");
  }

  @Test
  void the_facts_are_in_the_environment_and_the_password_is_not() throws IOException {
    Path log = folder.resolve("log");
    hook(Event.SUCCESS, "env > " + log, Set.of("mail"));
    run();
    assertThat(Files.readAllLines(log))
        .contains(
            "MAILKEEP_STEP=backup",
            "MAILKEEP_STEP_NAME=mail",
            "MAILKEEP_STEP_RESULT=done",
            "MAILKEEP_STEP_SNAPSHOT=4f21",
            "MAILKEEP_STEP_STORED_BYTES=7",
            "MAILKEEP_CONFIG=/etc/mailkeep.toml")
        .noneMatch(line -> line.startsWith("MAILKEEP_PASSWORD="));
  }

  @Test
  void a_hook_that_hangs_is_killed_with_all_that_it_started() throws IOException {
    Path pid = folder.resolve("pid");
    hooks.add(
        new Hook(
            Event.BEFORE,
            "sleep 1000 & echo $! > " + pid + "; wait",
            Set.of("backup"),
            Set.of("mail"),
            Duration.ofMillis(500)));
    assertThat(run()).isEqualTo(Result.FAILED);
    assertThat(performed).doesNotContain("backup mail");
    assertThat(state.step("backup mail").problem().orElseThrow()).contains("longer than it may");
    assertThat(isGone(Files.readString(pid).strip())).isTrue();
  }

  /** Or a zombie, where nobody waits for orphans; proc_pid_stat(5). */
  private static boolean isGone(String pid) throws IOException {
    try {
      String stat = Files.readString(Path.of("/proc", pid, "stat"));
      return stat.substring(stat.lastIndexOf(')') + 2).startsWith("Z");
    } catch (NoSuchFileException e) {
      return true;
    }
  }

  @Test
  void a_backup_whose_later_hook_fails_is_done_and_told_as_a_problem() {
    hook(Event.SUCCESS, "exit 1", Set.of("mail"));
    assertThat(run()).isEqualTo(Result.FAILED);
    assertThat(state.step("backup mail").memory().done()).contains(now);
    assertThat(sent).hasSize(1);
    runLater(Duration.ofMinutes(5));
    assertThat(performed).isEmpty();
  }

  @Test
  void bad_is_told_once_and_well_once() {
    run();
    assertThat(sent).isEmpty();
    fail("backup mail");
    for (int i = 0; i < 10; i++) {
      runLater(Duration.ofHours(1));
    }
    assertThat(sent).hasSize(1);
    assertThat(sent.getFirst().bad()).containsExactly("backup mail");
    assertThat(sent.getFirst().subject()).isEqualTo("Mailkeep on mx: backup mail failed");
    outcomes.clear();
    runLater(Duration.ofHours(1));
    runLater(Duration.ofHours(1));
    assertThat(sent).hasSize(2);
    assertThat(sent.getLast().well()).containsExactly("backup mail");
  }

  @Test
  void what_could_not_be_told_is_told_later_and_what_was_mended_meanwhile_never() {
    undeliverable = Optional.of("no way");
    fail("backup mail");
    fail("copy usb");
    run();
    assertThat(problems).hasSize(1);
    outcomes.remove("copy usb");
    runLater(Duration.ofHours(1));
    undeliverable = Optional.empty();
    runLater(Duration.ofHours(1));
    assertThat(sent).hasSize(1);
    assertThat(sent.getFirst().bad()).containsExactly("backup mail");
  }

  @Test
  void a_week_is_summed_up() {
    digest = Schedule.At.parse("Mon 08:00").map(at -> at);
    for (int i = 0; i < 4 * 6; i++) {
      runLater(Duration.ofHours(6));
    }
    assertThat(sent).hasSize(1);
    assertThat(sent.getFirst().digest()).isTrue();
    assertThat(sent.getFirst().subject()).isEqualTo("Mailkeep on mx: all is well");
    assertThat(sent.getFirst().lines())
        .contains("backup mail: 20 done, 0 failed, 0.0 MiB stored, last 2026-11-30 10:00")
        .last()
        .asString()
        .startsWith("Repository: ");
  }

  @Test
  void metrics_have_every_step() {
    fail("copy usb");
    run();
    String text = Metrics.of(Overview.of(configuration(), state, now, ZoneOffset.UTC), now);
    assertThat(text.lines())
        .contains(
            "# TYPE mailkeep_step_healthy gauge",
            "mailkeep_step_healthy{step=\"backup\",name=\"mail\"} 1",
            "mailkeep_step_healthy{step=\"copy\",name=\"usb\"} 0",
            "mailkeep_step_failures{step=\"copy\",name=\"usb\"} 1",
            "mailkeep_step_stored_bytes{step=\"backup\",name=\"mail\"} 7",
            "mailkeep_repository_bytes 4096",
            "mailkeep_written_timestamp_seconds " + now.getEpochSecond())
        .allMatch(
            line -> line.matches("# (HELP|TYPE) mailkeep_.*|mailkeep_[a-z_]+(\\{.*})? [0-9.]+"));
  }

  @Test
  void what_nobody_does_is_overdue() {
    run();
    now = now.plus(Duration.ofMinutes(85));
    assertThat(Overview.of(configuration(), state, now, ZoneOffset.UTC).isBad()).isFalse();
    now = now.plus(Duration.ofMinutes(10));
    Overview overview = Overview.of(configuration(), state, now, ZoneOffset.UTC);
    assertThat(overview.lines()).allMatch(Overview.Line::overdue);
  }

  private void hook(Event event, String command, Set<String> names) {
    hooks.add(new Hook(event, command, Set.of("backup"), names, Duration.ofMinutes(1)));
  }

  /** A channel that keeps what it is told. */
  private final class Memory implements Channel {
    @Override
    public String name() {
      return "memory";
    }

    @Override
    public Optional<String> send(Message message) {
      if (undeliverable.isEmpty()) {
        sent.add(message);
      }
      return undeliverable;
    }
  }

  private final class Watch implements RunWatch {
    @Override
    public void begins(Step step, Due due) {}

    @Override
    public void ended(Step step, Outcome outcome, Duration time) {}

    @Override
    public void hookSays(String line) {
      said.add(line);
    }

    @Override
    public void problem(String text) {
      problems.add(text);
    }

    @Override
    public void told(String channel, String subject) {}

    @Override
    public Optional<Long> repositorySize() {
      return Optional.of(4096L);
    }
  }
}
