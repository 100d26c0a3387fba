package org.mailkeep.engine.move;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mailkeep.model.error.CommandFailedException;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.repository.snapshot.Snapshot;

/** Mail waits until all is in place, and what must be run is run when its time has come. */
class HeldDeliveryTest extends DomainMoveFixture {

  @Test
  void deliveries_are_held_from_the_first_moment_until_the_printed_commands_are_run()
      throws IOException {
    List<Object> modes = new ArrayList<>();
    restored = () -> modes.add(modeOf(HOME));
    DomainMove.Report report = move(snapshot());
    assertThat(modes).isNotEmpty().containsOnly(01700);
    assertThat(modeOf(HOME)).isEqualTo(01750);
    assertThat(report.released()).isFalse();
    assertThat(report.plan().followUps().stream().flatMap(f -> f.commands().stream()))
        .containsExactly(
            "/var/qmail/bin/qmail-newu",
            "/home/vpopmail/bin/vmkpasswd example.com",
            "pkill -HUP -x qmail-send",
            "chmod -t /home/vpopmail/domains/example.com",
            "rm -f /home/vpopmail/domains/example.com/.mailkeep-moving");
  }

  @Test
  void finishing_asks_nothing_of_a_qmail_send_that_has_no_queue_yet() throws IOException {
    programs();
    Files.delete(live.at("var/qmail/queue"));
    finish = true;
    assertThat(move(snapshot()).released()).isTrue();
  }

  @Test
  void finishing_runs_each_program_when_its_time_has_come_and_lets_mail_in_at_the_end()
      throws IOException {
    programs();
    finish = true;
    DomainMove.Report report = move(snapshot());
    assertThat(report.released()).isTrue();
    assertThat(live.read("log")).isEqualTo("qmail-newu 1750 0\nvmkpasswd example.com 1750 0\n");
    assertThat(modeOf(HOME)).isEqualTo(0750);
    assertThat(live.at(HOME + "/" + HeldFolder.MARK)).doesNotExist();
    assertThat(told)
        .extracting(line -> line.replaceAll(" .*", "").replaceAll(".*/", ""))
        .containsExactly(
            "assign",
            "qmail-newu",
            "vmkpasswd",
            "virtualdomains",
            "pkill",
            "rcpthosts",
            "chmod",
            "rm");
    assertThatThrownBy(() -> move(snapshot()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("already");
  }

  @Test
  void a_program_that_fails_leaves_mail_waiting_and_the_next_run_goes_on() throws IOException {
    programs();
    live.write("home/vpopmail/bin/vmkpasswd", "#!/bin/sh\necho no such domain >&2\nexit 7\n");
    finish = true;
    Snapshot snapshot = snapshot();
    assertThatThrownBy(() -> move(snapshot))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("vmkpasswd example.com failed (exit code 7): no such domain");
    assertThat(modeOf(HOME)).isEqualTo(01750);
    assertThat(live.read(VIRTUAL)).doesNotContain("example.com");
    programs();
    assertThat(move(snapshot).released()).isTrue();
    assertThat(modeOf(HOME)).isEqualTo(0750);
    assertThat(live.read(HOME + "/.qmail-default"))
        .isEqualTo("| " + live.at("home/vpopmail") + "/bin/vdelivermail '' bounce-no-mailbox\n");
  }
}
