package org.mailkeep.engine.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.account.AccountFacts;
import org.mailkeep.model.snapshot.Manifest;

class QueueProgramTest {

  @TempDir private Path qmail;

  private int install(int mode) throws IOException {
    Path file = Files.createDirectories(qmail.resolve("bin")).resolve("qmail-queue");
    Files.writeString(file, "x");
    Files.setAttribute(file, "unix:mode", mode);
    return (int) Files.getAttribute(file, "unix:uid");
  }

  private static Manifest withQueueUser(int uid) {
    return Manifests.of(
        Map.of(), Map.of(), new FakeHost().user("qmailq", uid).user("qmailr", 5).facts());
  }

  private QueueProgram look(Manifest manifest) {
    return QueueProgram.in(RawPath.of(qmail.toString()), manifest);
  }

  @Test
  void the_program_of_the_snapshots_qmailq_that_is_setuid_is_sound() throws IOException {
    int me = install(04711);
    QueueProgram program = look(withQueueUser(me));
    assertThat(program.state()).isEqualTo(QueueProgram.State.SOUND);
    assertThat(program.isMismatch()).isFalse();
    assertThat(program.path().toString()).isEqualTo(qmail + "/bin/qmail-queue");
  }

  @Test
  void another_owner_is_a_mismatch() throws IOException {
    int me = install(04711);
    QueueProgram program = look(withQueueUser(me + 1));
    assertThat(program.state()).isEqualTo(QueueProgram.State.OTHER_OWNER);
    assertThat(program.isMismatch()).isTrue();
  }

  @Test
  void a_lost_setuid_bit_is_a_mismatch_whoever_owns_it() throws IOException {
    int me = install(0711);
    assertThat(look(withQueueUser(me)).state()).isEqualTo(QueueProgram.State.NOT_SETUID);
    Manifest unknown = Manifests.of(Map.of(), Map.of(), AccountFacts.NONE);
    assertThat(look(unknown).isMismatch()).isTrue();
  }

  @Test
  void the_owner_of_files_called_qmailq_counts_in_snapshots_without_facts() throws IOException {
    int me = install(04711);
    Manifest manifest = Manifests.of(Map.of(me, "qmailq"), Map.of(), AccountFacts.NONE);
    assertThat(look(manifest).state()).isEqualTo(QueueProgram.State.SOUND);
  }

  @Test
  void without_a_qmailq_in_the_snapshot_there_is_nothing_to_compare() throws IOException {
    int _ = install(04711);
    assertThat(look(Manifests.of(Map.of(), Map.of(), AccountFacts.NONE)).state())
        .isEqualTo(QueueProgram.State.NOT_COMPARED);
  }

  @Test
  void a_host_without_qmail_has_no_mismatch() {
    assertThat(look(withQueueUser(7)).state()).isEqualTo(QueueProgram.State.ABSENT);
    assertThat(QueueProgram.in(RawPath.of(qmail + "/no/such"), withQueueUser(7)).isMismatch())
        .isFalse();
  }

  @Test
  void a_link_to_a_wrapper_is_not_followed() throws IOException {
    Files.createSymbolicLink(
        Files.createDirectory(qmail.resolve("bin")).resolve("qmail-queue"), Path.of("/bin/sh"));
    assertThat(look(withQueueUser(0)).state()).isEqualTo(QueueProgram.State.NO_FILE);
  }
}
