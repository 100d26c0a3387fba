package org.mailkeep.fire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.cli.Shell;

/** The repair of a copied queue is killed, several times: in the end each message is there once. */
class KilledQueueFixTest {

  private static final int SPLIT = 5;
  private static final int MESSAGES = 250;

  @TempDir private Path temp;
  private final SplittableRandom random = Fire.random("queue");
  private Shell shell;

  @BeforeEach
  void a_host_with_qmail() throws IOException {
    assumeTrue(Fire.isRoot() && Fire.works("unshare -m true"), "needs root and unshare");
    shell = new Shell(temp);
    StringBuilder users = new StringBuilder("root:x:0:0::/root:/bin/sh\n");
    int uid = 7001;
    for (String user : new String[] {"alias", "qmaild", "qmaill", "qmailp"}) {
      users.append(user + ":x:" + uid++ + ":7002::/var/qmail:/bin/false\n");
    }
    for (String user : new String[] {"qmailq", "qmailr", "qmails"}) {
      users.append(user + ":x:" + uid++ + ":7001::/var/qmail:/bin/false\n");
    }
    Files.writeString(temp.resolve("passwd"), users);
    Files.writeString(temp.resolve("group"), "root:x:0:\nqmail:x:7001:\nnofiles:x:7002:\n");
  }

  /** A line of shell for a command of queue on a host that has these users. */
  private String line(String command, Path queue) {
    return "exec unshare -m /bin/sh -c 'mount --bind "
        + (temp.resolve("passwd") + " /etc/passwd && mount --bind " + temp.resolve("group"))
        + (" /etc/group && exec $MAILKEEP queue " + command + " " + queue + "'");
  }

  private static void done(Shell.Outcome outcome) {
    assertThat(outcome.exit()).as("%s%s", outcome.out(), outcome.err()).isZero();
  }

  /** A sound queue, each of whose files says whose it is. */
  private Path makeQueue() throws IOException {
    Path queue = temp.resolve("queue");
    done(shell.line(line("init --split " + SPLIT, queue)));
    for (int i = 0; i < MESSAGES; i++) {
      Path made = Files.writeString(queue.resolve("pid/new"), "message " + i);
      long id = (long) Files.getAttribute(made, "unix:ino", LinkOption.NOFOLLOW_LINKS);
      Files.move(made, queue.resolve("mess/" + id % SPLIT + "/" + id));
      for (String part : i % 2 == 0 ? Set.of("info", "local") : Set.of("info", "remote")) {
        Files.writeString(queue.resolve(part + "/" + id % SPLIT + "/" + id), "message " + i);
      }
    }
    done(shell.line(line("fix", queue)));
    return queue;
  }

  /** The parts of each message, by what its files say; and that their numbers are right. */
  private static Map<String, Set<String>> messages(Path queue) throws IOException {
    Map<String, Set<String>> messages = new TreeMap<>();
    for (Path file : files(queue.resolve("mess"))) {
      long id = (long) Files.getAttribute(file, "unix:ino", LinkOption.NOFOLLOW_LINKS);
      assertThat(file).isEqualTo(queue.resolve("mess/" + id % SPLIT + "/" + id));
      Set<String> parts = new TreeSet<>();
      for (String part : new String[] {"info", "local", "remote"}) {
        Path other = queue.resolve(part + "/" + id % SPLIT + "/" + id);
        if (Files.exists(other)) {
          parts.add(part + " " + Files.readString(other));
        }
      }
      assertThat(messages.put(Files.readString(file), parts)).as("twice: %s", file).isNull();
    }
    return messages;
  }

  private static Set<Path> files(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return new TreeSet<>(walk.filter(Files::isRegularFile).toList());
    }
  }

  @Test
  void a_repair_that_is_killed_and_run_again_brings_every_message_together() throws Exception {
    Path sound = makeQueue();
    Map<String, Set<String>> wanted = messages(sound);
    assertThat(wanted).hasSize(MESSAGES);
    int kills = 0;
    int runs = 0;
    long longest = 1_500;
    for (int round = 0; round < Fire.rounds(5); round++) {
      Path copied = temp.resolve("copied");
      LoopDisk.sh("cp -a " + sound + " " + copied);
      for (boolean isDone = false; !isDone; runs++) {
        Process process = shell.startLine(line("fix", copied));
        if (!process.waitFor(random.nextLong(longest / 3, longest), TimeUnit.MILLISECONDS)) {
          process.destroyForcibly();
        }
        Shell.Outcome outcome = shell.finish(process);
        isDone = outcome.exit() != 137;
        kills += isDone ? 0 : 1;
        longest += isDone ? -longest / 5 : longest / 12;
        if (isDone) {
          done(outcome);
        }
      }
      done(shell.line(line("check", copied)));
      assertThat(messages(copied)).as("round %s", round).isEqualTo(wanted);
      assertThat(files(copied)).as("nothing is left over").hasSameSizeAs(files(sound));
      Ledger.delete(copied);
    }
    assertThat(kills).isPositive();
    Fire.figure("kill", "%-16s %5d runs, %5d killed, 0 lost", "queue fix", runs, kills);
  }
}
