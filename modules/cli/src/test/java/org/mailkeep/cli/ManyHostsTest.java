package org.mailkeep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.testkit.mail.MailTree;

/** Processes that work on one repository at the same time, as hosts do. */
class ManyHostsTest {

  @TempDir private Path folder;

  private Path mail(String host) throws IOException {
    MailTree mail = MailTree.create(folder.resolve("mail-" + host), host.hashCode(), 1, 2);
    Object _ = mail.deliver(60);
    return mail.root();
  }

  @Test
  @Tag("slow")
  void hosts_and_a_prune_work_at_once_and_nobody_waits() throws IOException {
    Shell shell = new Shell(folder);
    Path first = mail("a");
    Shell.Outcome made =
        shell.mailkeep("backup", "--init", "--host", "a", first.toString(), "--json");
    assertThat(made.exit()).as(made.err()).isZero();
    List<Process> running = new ArrayList<>();
    for (String host : List.of("a", "b", "c")) {
      Path source = host.equals("a") ? first : mail(host);
      running.add(
          shell.start(
              "backup",
              "--host",
              host,
              "--state-dir",
              folder.resolve("state-" + host).toString(),
              source.toString(),
              first.resolve("domains").toString()));
    }
    running.add(shell.start("prune"));
    for (Process process : running) {
      Shell.Outcome outcome = shell.finish(process);
      assertThat(outcome.exit()).as(outcome.err()).isZero();
    }
    for (String host : List.of("b", "c")) {
      assertThat(shell.mailkeep("snapshots", "--host", host).out().lines()).hasSize(2);
    }
    Shell.Outcome again =
        shell.mailkeep(
            "backup",
            "--host",
            "d",
            "--json",
            "--state-dir",
            folder.resolve("state-d").toString(),
            folder.resolve("mail-b").toString());
    assertThat(again.exit()).as(again.err()).isZero();
    String bytes = again.out().replaceFirst("(?s).*\"newBytes\":([0-9]+).*", "$1");
    assertThat(Long.parseLong(bytes)).as("only the nodes above").isLessThan(5_000);
    assertThat(shell.mailkeep("check", "--read-data").out()).contains("No damage");
    assertThat(Files.isDirectory(folder.resolve("repo"))).isTrue();
  }
}
