package org.mailkeep.fire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.cli.Shell;
import org.mailkeep.testkit.mail.MailTree;

/**
 * After each command the passphrase and the text of messages are looked for where they do not
 * belong: in files but those that hold them, in the arguments and environments of all processes, in
 * what is said, and, for the passphrase, in the memory of the program.
 */
class SecretsTest {

  @TempDir private Path temp;
  private final SplittableRandom random = Fire.random("secrets");
  private final Needle password = new Needle(random);
  private final Needle next = new Needle(random);
  private final Needle text = new Needle(random);
  private final Needle subject = new Needle(random);
  private Path passwordFile;
  private Path nextFile;
  private Path world;
  private Path source;
  private MailTree mail;
  private Shell shell;

  @BeforeEach
  void a_mailbox_with_a_letter() throws IOException {
    source = temp.resolve("source");
    mail = MailTree.create(source, random.nextLong(), 1, 2);
    Object _ = mail.deliver(15);
    Files.writeString(
        mail.mailboxes().getFirst().resolve("new").resolve("1700000009.M1P1.mx"),
        "From: a@d1.example\nSubject: about " + subject.text() + "\n\n" + text.text() + "\n");
    Path secrets = Files.createDirectory(temp.resolve("secrets"));
    passwordFile = password.write(secrets.resolve("password"));
    nextFile = next.write(secrets.resolve("next"));
    world = Files.createDirectory(temp.resolve("world"));
    shell =
        new Shell(world)
            .without("MAILKEEP_KEY_FILE")
            .with("MAILKEEP_PASSWORD_FILE", passwordFile.toString());
  }

  private static void done(Shell.Outcome outcome) {
    assertThat(outcome.exit()).as("%s%s", outcome.out(), outcome.err()).isIn(0, 3);
  }

  /** The commands that open a repository, in an order in which each has something to do. */
  private List<List<String>> commands() {
    String mailbox = mail.mailboxes().getFirst().toString();
    String at = source.toString();
    String copy = world.resolve("copy").toString();
    List<List<String>> commands = new ArrayList<>();
    commands.add(List.of("init", "--ecc", "10%"));
    commands.add(List.of("backup", at, "-v"));
    commands.add(List.of("backup", at, "--scan", "full", "--json"));
    commands.add(List.of("snapshots", "--json"));
    commands.add(List.of("ls", "-l", "latest:" + at));
    commands.add(List.of("find", "*1700000009*"));
    commands.add(List.of("stats"));
    commands.add(List.of("mailbox", "list"));
    commands.add(List.of("mailbox", "log", mailbox));
    commands.add(List.of("check", "--read-data"));
    commands.add(List.of("copy", "--init", "--to", copy, "--verify"));
    commands.add(List.of("restore", "latest", "--target", temp.resolve("back").toString()));
    commands.add(List.of("export", "latest", temp.resolve("exported.tar").toString()));
    commands.add(List.of("key", "add", "--label", "x", "--new-password-file", nextFile.toString()));
    commands.add(List.of("key", "list"));
    commands.add(List.of("rebuild-index"));
    commands.add(List.of("repair", "index"));
    commands.add(List.of("forget", "--keep-last", "1"));
    commands.add(List.of("prune", "--now", "--max-unused", "0"));
    commands.add(List.of("key", "passwd", "--new-password-file", nextFile.toString()));
    return commands;
  }

  @Test
  void no_command_leaves_a_passphrase_from_a_file_on_the_heap() throws Exception {
    Path dump = temp.resolve("heap.hprof");
    int dumps = 0;
    for (List<String> command : commands()) {
      System.gc();
      done(shell.mailkeep(command.toArray(String[]::new)));
      dumpHeap(dump);
      assertThat(password.countIn(dump)).as("passphrase on the heap after %s", command).isZero();
      assertThat(next.countIn(dump)).as("new passphrase on the heap after %s", command).isZero();
      Files.delete(dump);
      dumps++;
    }
    Fire.figure("secrets", "%d dumps of the heap, none with a passphrase", dumps);
  }

  @Test
  void what_is_on_the_heap_is_found_by_this_search() throws Exception {
    Path dump = temp.resolve("heap.hprof");
    String known = password.text();
    dumpHeap(dump);
    assertThat(password.countIn(dump)).isPositive();
    assertThat(password.countInMemory(ProcessHandle.current().pid())).isPositive();
    assertThat(known).hasSize(20);
  }

  /** All objects, also those that nothing refers to any more. */
  private static void dumpHeap(Path file) throws IOException {
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpHeap(file.toString(), false);
  }

  @Test
  void a_running_backup_has_no_passphrase_in_any_object() throws Exception {
    assumeTrue(Fire.isRoot(), "needs the right to look into a process");
    Path fifo = temp.resolve("fifo");
    LoopDisk.sh("mkfifo " + fifo);
    done(shell.process("init"));
    Process backup = shell.start("backup", source.toString(), "--command", "x=cat " + fifo);
    // Opened for both, it waits for nobody.
    try (RandomAccessFile pipe = new RandomAccessFile(fifo.toFile(), "rw")) {
      // Commands run when the repository is open.
      while (backup.isAlive() && backup.descendants().noneMatch(SecretsTest::isCat)) {
        Thread.sleep(5);
      }
      Path dump = temp.resolve("backup.hprof");
      LoopDisk.sh(
          Path.of(System.getProperty("java.home"), "bin", "jcmd")
              + (" " + backup.pid() + " GC.heap_dump -all " + dump));
      assertThat(password.countIn(dump)).isZero();
      // What the collector left behind when it moved the passphrase, nobody can wipe.
      Fire.figure(
          "secrets",
          "a running backup: no object has the passphrase, %d old copies are in its memory",
          password.countInMemory(backup.pid()));
      pipe.write('x');
    }
    done(shell.finish(backup));
  }

  private static boolean isCat(ProcessHandle process) {
    return process.info().command().orElse("").endsWith("cat");
  }

  @Test
  void no_process_and_no_file_tells_a_secret_after_any_command() throws Exception {
    Path seen = Files.createDirectory(temp.resolve("seen"));
    Path tmp = Files.createDirectory(world.resolve("tmp"));
    Shell _ =
        shell
            .without("MAILKEEP_PASSWORD_FILE")
            .with(
                "MAILKEEP_PASSWORD_COMMAND",
                "cat /proc/$$/environ >> " + seen.resolve("command") + "; cat " + passwordFile)
            .with("MAILKEEP_NEW_PASSWORD", next.text())
            .with("MAILKEEP_TO_PASSWORD", next.text())
            .with("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + tmp);
    int commands = 0;
    Set<String> arguments = new ConcurrentSkipListSet<>();
    for (List<String> command : commands()) {
      Process process = shell.start(command.toArray(String[]::new));
      while (!process.waitFor(3, TimeUnit.MILLISECONDS)) {
        process.descendants().forEach(child -> look(child.pid(), arguments));
        look(process.pid(), arguments);
      }
      Shell.Outcome outcome = shell.finish(process);
      done(outcome);
      assertThat(outcome.err() + outcome.out())
          .as("%s", command)
          .doesNotContain(password.text(), next.text(), text.text());
      requireNothingOnDisk(command, seen, tmp);
      commands++;
    }
    Shell _ = shell.with("MAILKEEP_PASSWORD_COMMAND", "cat " + nextFile);
    done(shell.process("backup", source.toString(), "--command", "x=cat /proc/$$/environ"));
    Shell.Outcome environment = shell.process("cat", "latest:/.mailkeep-commands/x");
    assertThat(environment.out())
        .contains("MAILKEEP_STATE_DIR=")
        .doesNotContain(password.text(), next.text());
    assertThat(arguments)
        .as("arguments of processes")
        .anyMatch(line -> line.contains("key passwd"))
        .noneMatch(line -> line.contains(password.text()) || line.contains(next.text()));
    Fire.figure(
        "secrets", "%d commands, no secret in files, arguments, children or output", commands);
  }

  private static void look(long process, Set<String> arguments) {
    try {
      arguments.add(Files.readString(Path.of("/proc/" + process + "/cmdline")).replace('\0', ' '));
    } catch (IOException e) {
      // It has ended.
    }
  }

  /**
   * Passphrases are nowhere; text of messages is in no file but the sealed ones; subjects and the
   * like are also in the host state's index of messages, where searches find them.
   */
  private void requireNothingOnDisk(List<String> command, Path seen, Path tmp) throws IOException {
    for (Needle secret : List.of(password, next, text)) {
      assertThat(secret.findBelow(world)).as("after %s", command).isEmpty();
      assertThat(secret.findBelow(seen)).as("after %s", command).isEmpty();
    }
    Map<Path, Long> subjects = subject.findBelow(world);
    assertThat(new TreeSet<>(subjects.keySet()))
        .as("after %s", command)
        .allMatch(file -> file.startsWith(world.resolve("state")));
    assertThat(tmp).as("temporary files after %s", command).isEmptyDirectory();
  }
}
