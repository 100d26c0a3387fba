package org.mailkeep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.cli.options.TimeSource;
import org.mailkeep.cli.output.Json;
import org.mailkeep.testkit.mail.MailTree;

/**
 * A week of runs, every half hour, on a clock of its own, with all that goes wrong in a week: what
 * was due got done, and what was wrong was told once.
 */
@Tag("slow")
final class RunWeekTest {

  private static final Duration TICK = Duration.ofMinutes(30);

  @TempDir private Path folder;
  private final List<Map<String, Object>> posted = Collections.synchronizedList(new ArrayList<>());
  private final List<String> pings = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;
  private Shell shell;
  private Path disk;
  private boolean isSmall;
  private Path mail;
  private Instant now = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofDays(9));
  private final Map<String, Integer> done = new HashMap<>();
  private int delivered;

  @BeforeEach
  void a_host_with_a_repository_on_a_small_disk() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    isSmall = command("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk.toString()) == 0;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/hook",
        exchange -> {
          posted.add(
              Json.read(
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.createContext(
        "/ping",
        exchange -> {
          pings.add(exchange.getRequestURI().getPath());
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    Path sendmail = folder.resolve("sendmail");
    Files.writeString(
        sendmail, "#!/bin/sh\ncat >> " + folder + "/mbox; echo >> " + folder + "/mbox\n");
    Files.setPosixFilePermissions(sendmail, PosixFilePermissions.fromString("rwx------"));
    mail = folder.resolve("mail");
    var _ = MailTree.create(mail, 7, 2, 3).deliver(40);
    String web = "http://127.0.0.1:" + server.getAddress().getPort();
    Files.writeString(
        folder.resolve("mailkeep.toml"),
        """
        [repository]
        place = "%1$s/disk/repo"
        key-file = "%1$s/key"
        state-dir = "%1$s/state"
        [[source]]
        name = "mail"
        every = "2h"
        paths = ["%1$s/mail"]
        [[source]]
        name = "notes"
        at = "03:00"
        paths = ["%1$s/notes"]
        [[copy]]
        name = "usb"
        to = "%1$s/usb"
        every = "1d"
        init = true
        [retention]
        keep-hourly = 6
        keep-daily = 7
        [prune]
        at = "04:30"
        [check]
        at = "05:00"
        read-data-subset = "20%%"
        [[hook]]
        on = "before"
        steps = ["backup"]
        names = ["mail"]
        command = "test ! -e %1$s/broken"
        [notify]
        mail-to = ["root"]
        sendmail = "%1$s/sendmail"
        webhook = "%2$s/hook"
        healthcheck = "%2$s/ping"
        digest = "Mon 08:00"
        """
            .formatted(folder, web));
    Files.createDirectory(folder.resolve("notes"));
    shell =
        new Shell(folder)
            .without("MAILKEEP_REPOSITORY")
            .without("MAILKEEP_KEY_FILE")
            .without("MAILKEEP_STATE_DIR")
            .with("MAILKEEP_CONFIG", folder.resolve("mailkeep.toml").toString());
    assertThat(shell.mailkeep("init").exit()).isZero();
  }

  @AfterEach
  void the_disk_goes() throws Exception {
    if (server != null) {
      server.stop(0);
    }
    if (isSmall) {
      int _ = command("umount", disk.toString());
    }
  }

  private static int command(String... words) throws Exception {
    return new ProcessBuilder(words).inheritIO().start().waitFor();
  }

  /** Runs as a timer does for some time, while mail arrives. */
  private void pass(Duration time) throws IOException {
    for (Instant end = now.plus(time); now.isBefore(end); now = now.plus(TICK)) {
      Files.writeString(mail.resolve("note" + delivered++ % 50), "delivered " + delivered);
      String out = TimeSource.of(() -> now).call(() -> shell.mailkeep("run", "--json")).out();
      out.lines()
          .map(Json::read)
          .filter(event -> "end".equals(event.get("event")))
          .filter(event -> "done".equals(event.get("result")))
          .forEach(
              event -> done.merge(event.get("step") + " " + event.get("name"), 1, Integer::sum));
    }
  }

  @Test
  void what_was_due_got_done_and_what_was_wrong_was_told_once() throws Exception {
    pass(Duration.ofDays(1));
    assertThat(posted).isEmpty();
    assertThat(done).containsEntry("backup mail", 12).containsEntry("copy usb", 1);

    // The repository is away for half a day, over the time of the notes and the check.
    Files.move(disk.resolve("repo"), disk.resolve("away"));
    pass(Duration.ofHours(12));
    Files.move(disk.resolve("away"), disk.resolve("repo"));
    pass(Duration.ofHours(12));
    assertThat(timesTold("bad", "backup mail")).isEqualTo(1);
    assertThat(timesTold("well", "backup mail")).isEqualTo(1);

    // Something else must be mounted first, and is not.
    Files.createFile(folder.resolve("broken"));
    pass(Duration.ofHours(8));
    assertThat(timesTold("bad", "backup mail")).isEqualTo(2);
    assertThat(String.valueOf(posted.getLast().get("text"))).contains("hook on before ended with");
    Files.delete(folder.resolve("broken"));
    pass(Duration.ofHours(16));

    if (isSmall) {
      fillTheDisk();
    }

    // The clock is wrong for some hours, in both directions.
    now = now.minus(Duration.ofDays(3));
    pass(Duration.ofHours(4));
    now = now.plus(Duration.ofDays(3));
    pass(Duration.ofHours(20));

    // The machine is off, and what it missed is done once.
    Map<String, Integer> before = Map.copyOf(done);
    now = now.plus(Duration.ofHours(54));
    pass(TICK);
    for (String step : List.of("backup mail", "backup notes", "copy usb", "check check")) {
      assertThat(done.get(step)).as(step).isEqualTo(before.getOrDefault(step, 0) + 1);
    }
    pass(Duration.ofHours(12));

    tellEachOnce();
    Shell.Outcome status = TimeSource.of(() -> now).call(() -> shell.mailkeep("status"));
    assertThat(status.exit()).as(status.out() + status.err()).isZero();
    assertThat(done.get("backup mail")).isBetween(45, 60);
    // Up to seven nights, by the hour in which this began, the first time, and each jump of the
    // clock.
    assertThat(done.get("backup notes")).isBetween(4, 10);
    assertThat(shell.mailkeep("check", "--read-data").exit()).isZero();
    assertThat(pings).contains("/ping", "/ping/fail").hasSizeGreaterThan(150);
    assertThat(pings.getLast()).isEqualTo("/ping");
    assertThat(posted.stream().filter(m -> "digest".equals(m.get("state")))).hasSizeBetween(1, 2);
    String mbox = Files.readString(folder.resolve("mbox"));
    assertThat(mbox.lines().filter(line -> line.startsWith("Subject: "))).hasSize(posted.size());
  }

  /** Takes the right to mount a disk that is small enough. */
  private void fillTheDisk() throws Exception {
    Path ballast = disk.resolve("ballast");
    int _ = command("dd", "if=/dev/zero", "of=" + ballast, "bs=64k", "status=none");
    pass(Duration.ofHours(6));
    assertThat(timesTold("bad", "backup mail")).isEqualTo(3);
    Files.delete(ballast);
    pass(Duration.ofHours(18));
    assertThat(timesTold("well", "backup mail")).isEqualTo(3);
  }

  private long timesTold(String state, String title) {
    return posted.stream()
        .filter(message -> message.get(state) instanceof List<?> steps && steps.contains(title))
        .count();
  }

  /** Of each step it was told in turn that it is bad and that it is well again. */
  private void tellEachOnce() {
    for (String title : List.of("backup mail", "backup notes", "copy usb", "forget", "check")) {
      List<String> told = new ArrayList<>();
      for (Map<String, Object> message : List.copyOf(posted)) {
        for (String state : List.of("bad", "well")) {
          if (message.get(state) instanceof List<?> steps && steps.contains(title)) {
            told.add(state);
          }
        }
      }
      for (int i = 0; i < told.size(); i++) {
        assertThat(told.get(i)).as(title + " " + told).isEqualTo(i % 2 == 0 ? "bad" : "well");
      }
      assertThat(told.size() % 2).as(title + " " + told).isZero();
    }
  }
}
