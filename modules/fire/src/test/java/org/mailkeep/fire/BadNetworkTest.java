package org.mailkeep.fire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.cli.Shell;
import org.mailkeep.engine.TreeImage;
import org.mailkeep.storage.FaultProxy;
import org.mailkeep.storage.HttpFaultProxy;
import org.mailkeep.storage.s3.TestBucket;
import org.mailkeep.storage.sftp.OpenSshServer;
import org.mailkeep.testkit.mail.MailTree;

/**
 * Commands on lines that cut, delay, repeat and reorder what they carry and answer for the server.
 * Each is done rightly, or says why it was not; what it did in spite of that is whole.
 */
class BadNetworkTest {

  @TempDir private Path temp;
  private final SplittableRandom random = Fire.random("network");
  private MailTree mail;
  private Shell good;
  private Shell bad;
  private Path objects;
  private Ledger ledger;
  private int commands;
  private int failed;

  @BeforeEach
  void mail() throws IOException {
    mail = MailTree.create(temp.resolve("source"), random.nextLong(), 1, 2);
    Object _ = mail.deliver(25);
    ledger = new Ledger(mail.root());
    objects = temp;
    good = new Shell(temp);
    bad = new Shell(temp).with("MAILKEEP_STATE_DIR", temp.resolve("state-bad").toString());
  }

  /** Waits until nothing is on its way any more. */
  private interface Line {
    void settle() throws Exception;
  }

  private static void done(Shell.Outcome outcome) {
    assertThat(outcome.exit()).as("%s%s", outcome.out(), outcome.err()).isZero();
  }

  /** The repository over the good line, whose objects are files of this folder. */
  private void begin(Path folder) throws IOException {
    objects = folder;
    done(good.mailkeep("backup", "--init", mail.root().toString()));
    ledger.settle(objects, true, List.of(), true);
  }

  private Shell.Outcome tried(String... command) {
    Shell.Outcome outcome = bad.mailkeep(command);
    Clear.require(String.join(" ", command), outcome);
    commands++;
    failed += outcome.exit() == 0 ? 0 : 1;
    return outcome;
  }

  /** A night of commands, each over the bad line. */
  private void night(int rounds, Line line) throws Exception {
    for (int round = 0; round < rounds; round++) {
      Object _ = mail.live(8);
      Shell.Outcome backup = tried("backup", mail.root().toString(), "--quiet");
      line.settle();
      ledger.settle(objects, true, List.of(), backup.exit() == 0);
      switch (round % 3) {
        case 0 -> {
          Shell.Outcome check = tried("check", "--read-data");
          assertThat(check.exit()).as("check: %s%s", check.out(), check.err()).isIn(0, 1);
        }
        case 1 -> {
          List<String> oldest = ledger.snapshots().subList(0, 1);
          Shell.Outcome forget = tried("forget", oldest.getFirst(), "--quiet", "--allow-last");
          line.settle();
          ledger.settle(objects, false, oldest, forget.exit() == 0);
          Shell.Outcome _ = tried("prune", "--max-unused", "0", "--quiet");
        }
        default -> restored(backup.exit() == 0);
      }
      line.settle();
      ledger.settle(objects, false, List.of(), true);
    }
  }

  /**
   * What comes back over a bad line is right, and complete if the command says so.
   *
   * @param isNew whether the latest snapshot has what the source has
   */
  private void restored(boolean isNew) throws IOException {
    Path target = temp.resolve("over-bad-line");
    Shell.Outcome restore = tried("restore", "latest", "--target", target.toString(), "--quiet");
    if (restore.exit() == 0 && isNew) {
      assertThat(TreeImage.of(target.resolve(mail.root().toString().substring(1))))
          .isEqualTo(TreeImage.of(mail.root()));
    }
    Ledger.delete(target);
  }

  /** In the morning the line is good, and all is there. */
  private void morning(String what, int faults) throws IOException {
    Ledger.requireSound(good);
    ledger.requireAllExact(good, temp);
    done(good.mailkeep("prune", "--now", "--max-unused", "0", "--quiet"));
    Ledger.requireSound(good);
    ledger.requireAllExact(good, temp);
    assertThat(faults).as("faults").isPositive();
    Fire.figure(
        "network",
        "%-16s %5d faults, %4d commands, %3d of them failed clearly, 0 lost",
        what,
        faults,
        commands,
        failed);
  }

  private void bucket(TestBucket bucket, HttpFaultProxy proxy, Path folder) throws IOException {
    Shell _ = good.with("MAILKEEP_REPOSITORY", TestBucket.location(bucket.port(), "repo"));
    Shell _ = bad.with("MAILKEEP_REPOSITORY", TestBucket.location(proxy.port(), "repo"));
    for (Shell shell : List.of(good, bad)) {
      Shell _ = shell.with("AWS_ACCESS_KEY_ID", TestBucket.ID);
      Shell _ = shell.with("AWS_SECRET_ACCESS_KEY", TestBucket.SECRET);
      Shell _ = shell.with("AWS_REGION", "us-east-1");
    }
    begin(folder.resolve("mail").resolve("repo"));
  }

  @Test
  void a_bad_line_to_a_bucket_costs_time_and_no_snapshot() throws Exception {
    Path folder = Files.createDirectory(temp.resolve("bucket"));
    TestBucket bucket = TestBucket.start(folder);
    try (HttpFaultProxy proxy = HttpFaultProxy.before(bucket.port(), random.nextLong())) {
      bucket(bucket, proxy, folder);
      proxy.turnBad(12);
      night(Fire.rounds(15), proxy::settle);
      proxy.turnGood();
      morning("s3", proxy.faults());
    } finally {
      bucket.stop();
    }
  }

  @Test
  void listings_that_lag_behind_hide_snapshots_for_a_while_and_lose_none() throws Exception {
    Path folder = Files.createDirectory(temp.resolve("bucket"));
    TestBucket bucket = TestBucket.start(folder);
    try (HttpFaultProxy proxy = HttpFaultProxy.before(bucket.port(), random.nextLong())) {
      bucket(bucket, proxy, folder);
      proxy.lag(Duration.ofSeconds(4));
      for (int round = 0; round < Fire.rounds(8); round++) {
        Object _ = mail.live(8);
        Shell.Outcome backup = tried("backup", mail.root().toString(), "--quiet");
        ledger.settle(objects, true, List.of(), backup.exit() == 0);
        Path target = temp.resolve("stale");
        String one = ledger.snapshots().get(random.nextInt(ledger.snapshots().size()));
        // It is there, or is not seen yet; it never comes back as another one.
        Shell.Outcome restore = tried("restore", one, "--target", target.toString(), "--quiet");
        if (restore.exit() == 0) {
          ledger.requireRestored(one, target);
        } else {
          Ledger.delete(target);
        }
        Shell.Outcome _ = tried("prune", "--max-unused", "0", "--quiet");
        Shell.Outcome _ = tried("check", "--read-data");
      }
      proxy.turnGood();
      morning("s3, stale lists", proxy.faults());
    } finally {
      bucket.stop();
    }
  }

  @Test
  void a_bad_line_to_an_ssh_server_costs_time_and_no_snapshot() throws Exception {
    assumeTrue(OpenSshServer.isInstalled(), "needs openssh-server");
    OpenSshServer server = OpenSshServer.start(Files.createDirectory(temp.resolve("sshd")));
    try (FaultProxy proxy = FaultProxy.before(server.port(), random.nextLong())) {
      Path folder = temp.resolve("offsite");
      Path hosts = temp.resolve("hosts-by-proxy");
      Files.writeString(
          hosts,
          Files.readString(server.knownHosts())
              .replace("]:" + server.port() + " ", "]:" + proxy.port() + " "));
      String place = server.location(folder);
      ssh(good, place, server, server.knownHosts());
      ssh(bad, place.replace(":" + server.port(), ":" + proxy.port()), server, hosts);
      begin(folder);
      proxy.turnBad(17);
      night(Fire.rounds(10), () -> {});
      proxy.turnGood();
      morning("sftp", proxy.faults());
    } finally {
      server.kill();
    }
  }

  private static void ssh(Shell shell, String place, OpenSshServer server, Path knownHosts) {
    Shell _ = shell.with("MAILKEEP_REPOSITORY", place);
    Shell _ = shell.with("MAILKEEP_SFTP_KEY", server.file("id").toString());
    Shell _ = shell.with("MAILKEEP_SFTP_KNOWN_HOSTS", knownHosts.toString());
  }
}
