package org.mailkeep.fire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.cli.Shell;
import org.mailkeep.testkit.mail.MailTree;

/** A recovery into a mailbox that is in use is killed: in the end each message is there once. */
class KilledRecoveryTest {

  @TempDir private Path temp;
  private final SplittableRandom random = Fire.random("recover");

  @Test
  void a_recovery_that_is_killed_and_run_again_brings_each_message_back_once() throws Exception {
    MailTree mail = MailTree.create(temp.resolve("source"), random.nextLong(), 1, 1);
    Object _ = mail.deliver(150);
    Object _ = mail.live(60);
    Shell shell = new Shell(temp);
    String mailbox = mail.mailboxes().getFirst().toString();
    assertThat(shell.mailkeep("backup", "--init", temp.resolve("source").toString()).exit())
        .isZero();
    Map<String, Integer> whole = contents(Path.of(mailbox));
    int kills = 0;
    int rounds = Fire.rounds(25);
    long longest = 1_800;
    for (int round = 0; round < rounds; round++) {
      List<Path> messages = new ArrayList<>(messages(Path.of(mailbox)));
      for (int left = random.nextInt(1, messages.size()); left > 0; left--) {
        Files.delete(messages.remove(random.nextInt(messages.size())));
      }
      Map<Path, String> untouched = new HashMap<>();
      for (Path message : messages) {
        untouched.put(message, Files.readString(message));
      }
      String[] command = {"mailbox", "recover", mailbox, "--at", "latest", "--quiet"};
      Process process = shell.start(command);
      if (!process.waitFor(random.nextLong(longest / 4, longest), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
      Shell.Outcome outcome = shell.finish(process);
      if (outcome.exit() == 137) {
        kills++;
        longest += longest / 12;
        for (int count : contents(Path.of(mailbox)).values()) {
          assertThat(count).as("copies of one message").isOne();
        }
        outcome = shell.mailkeep(command);
      } else {
        longest = longest * 5 / 6;
      }
      assertThat(outcome.exit()).as(outcome.err()).isZero();
      assertThat(contents(Path.of(mailbox))).as("round %s", round).isEqualTo(whole);
      for (Map.Entry<Path, String> message : untouched.entrySet()) {
        assertThat(message.getKey()).hasContent(message.getValue());
      }
    }
    assertThat(kills).isGreaterThan(rounds / 4);
    Fire.figure("kill", "%-16s %5d runs, %5d killed, 0 lost", "mailbox recover", rounds, kills);
  }

  private static List<Path> messages(Path mailbox) throws IOException {
    try (Stream<Path> files = Files.walk(mailbox)) {
      return files.filter(Files::isRegularFile).filter(f -> isMessage(f)).toList();
    }
  }

  private static boolean isMessage(Path file) {
    String folder = file.getName(file.getNameCount() - 2).toString();
    return folder.equals("cur") || folder.equals("new");
  }

  /** How often each message is there. */
  private static Map<String, Integer> contents(Path mailbox) throws IOException {
    Map<String, Integer> contents = new TreeMap<>();
    for (Path message : messages(mailbox)) {
      contents.merge(Files.readString(message), 1, Integer::sum);
    }
    return contents;
  }
}
