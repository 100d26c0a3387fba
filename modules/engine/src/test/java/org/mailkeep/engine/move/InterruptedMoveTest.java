package org.mailkeep.engine.move;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.repository.snapshot.Snapshot;

/** Moves that were killed, stopped, or cut off by a power cut, and are run again. */
class InterruptedMoveTest extends DomainMoveFixture {

  @Test
  void a_second_run_adds_nothing() {
    Snapshot snapshot = snapshot();
    Object _ = move(snapshot);
    Map<String, String> once = live.image();
    told.clear();
    assertThat(move(snapshot).files()).isZero();
    assertThat(live.image()).isEqualTo(once);
    assertThat(told).isEmpty();
  }

  @Test
  void killed_after_any_step_it_is_completed_by_the_same_command() throws IOException {
    Path link = old.at("home/vpopmail/domains/0/example.com/.qmail-list");
    Files.createSymbolicLink(link, Path.of("/home/vpopmail/domains/0/example.com/list"));
    Snapshot snapshot = snapshot();
    Files.delete(link);
    int steps = 0;
    for (boolean killed = true; killed; steps++) {
      live = newServer();
      int[] left = {steps};
      stepped =
          () -> {
            if (left[0]-- == 0) {
              throw new Killed();
            }
          };
      killed = isKilled(snapshot);
      stepped = () -> {};
      assertThat(modeOf(HOME)).as("held after step " + steps).isIn(01700, 01750);
      Object _ = move(snapshot);
      Path moved = live.at(HOME + "/.qmail-list");
      assertThat(Files.readSymbolicLink(moved))
          .hasToString("/home/vpopmail/domains/example.com/list");
      Files.delete(moved);
      isComplete();
    }
    assertThat(steps).isGreaterThan(5);
  }

  @Test
  void stopped_in_the_middle_of_the_files_it_is_completed_too() throws IOException {
    Snapshot snapshot = snapshot();
    cancellation = new Cancellation();
    restored = cancellation::request;
    assertThatThrownBy(() -> move(snapshot)).isInstanceOf(Cancellation.CancelledException.class);
    assertThat(modeOf(HOME)).isEqualTo(01700);
    assertThat(live.read(ASSIGN)).doesNotContain("example.com");
    live.write(HOME + "/anna/Maildir/new/.mailkeep-4711-1", "half a mess");
    cancellation = new Cancellation();
    restored = () -> {};
    Object _ = move(snapshot);
    isComplete();
  }

  /** After a power cut, a file may have its name and not its content. */
  @Test
  void a_file_that_is_not_whole_is_made_whole_by_the_run_that_completes_the_move()
      throws IOException {
    Snapshot snapshot = snapshot();
    restored = cancellation::request;
    assertThatThrownBy(() -> move(snapshot)).isInstanceOf(Cancellation.CancelledException.class);
    live.write(HOME + "/vpasswd", "");
    cancellation = new Cancellation();
    restored = () -> {};
    Object _ = move(snapshot);
    isComplete();
  }

  @Test
  void mail_that_came_after_it_was_let_in_is_not_touched_by_a_run_that_finds_the_mark()
      throws IOException {
    Snapshot snapshot = snapshot();
    Object _ = move(snapshot);
    Files.setAttribute(live.at(HOME), "unix:mode", 0750);
    Path read = live.at(HOME + "/anna/Maildir/new/1700000000.1.mx,S=5");
    Files.delete(read);
    assertThat(move(snapshot).plan().domains().getFirst().step())
        .isEqualTo(MovingDomain.Step.NOTHING);
    assertThat(read).doesNotExist();
    assertThat(modeOf(HOME)).isEqualTo(0750);
  }

  private boolean isKilled(Snapshot snapshot) {
    try {
      Object _ = move(snapshot);
      return false;
    } catch (Killed e) {
      return true;
    }
  }
}
