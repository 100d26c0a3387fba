package org.mailkeep.engine.move;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.Parallelism;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.engine.account.FakeHost;
import org.mailkeep.engine.account.Manifests;
import org.mailkeep.engine.account.OwnershipRequest;
import org.mailkeep.engine.restore.RestoreSettings;
import org.mailkeep.model.RawPath;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.snapshot.Snapshot;

/**
 * Domains of a server whose vpopmail is 89, moved to one that lives on and whose vpopmail is 1089.
 */
abstract class DomainMoveFixture {

  static final String HOME = "home/vpopmail/domains/example.com";
  static final String ASSIGN = "var/qmail/users/assign";
  static final String VIRTUAL = "var/qmail/control/virtualdomains";
  static final String RCPT = "var/qmail/control/rcpthosts";
  static final OwnershipRequest BY_NAME =
      new OwnershipRequest(true, false, Map.of(), Map.of(), List.of());

  @TempDir Path temp;
  MailServer old;
  MailServer live;
  int servers;
  TestRepository repository;

  final FakeHost host =
      new FakeHost()
          .user("vpopmail", 1089, 1089, "/home/vpopmail", "/bin/true")
          .group("vchkpw", 1089)
          .user("postfix", 89)
          .group("postfix", 89);

  List<String> domains = List.of("example.com");
  RestoreSettings.Existing existing = RestoreSettings.Existing.FAIL;
  OwnershipRequest ownership = BY_NAME;
  boolean finish;
  Cancellation cancellation = new Cancellation();
  Runnable stepped = () -> {};
  Runnable restored = () -> {};
  final List<String> told = Collections.synchronizedList(new ArrayList<>());

  /** Stands for a kill. */
  static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  @BeforeEach
  void two_servers() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root for owners");
    repository = new TestRepository(Files.createDirectory(temp.resolve("work")));
    old = new MailServer(Files.createDirectory(temp.resolve("old")), 89);
    old.domain("example.com", "0/example.com", "anna", "bert")
        .alias("example.org", "example.com", "0/example.com")
        .domain("stays.net", "stays.net", "carl");
    live = newServer();
  }

  MailServer newServer() throws IOException {
    MailServer server =
        new MailServer(Files.createDirectory(temp.resolve("live" + servers++)), 1089);
    server
        .domain("alpha.net", "0/alpha.net", "dora")
        .alias("alpha.org", "alpha.net", "0/alpha.net")
        .domain("zeta.net", "zeta.net", "emil");
    return server;
  }

  @AfterEach
  void close() {
    if (repository != null) {
      repository.close();
    }
  }

  Snapshot snapshot() {
    Snapshot made = repository.backup(old.root()).snapshot();
    return new Snapshot(
        made.id(),
        Manifests.elsewhere(
            made.manifest(),
            Map.of(0, "root", 89, "vpopmail"),
            Map.of(0, "root", 89, "vchkpw"),
            new FakeHost().user("vpopmail", 89).group("vchkpw", 89).facts()));
  }

  MoveSettings settings() {
    RawPath root = RawPath.of(live.root().toString());
    RawPath qmail = RawPath.of("/var/qmail");
    RawPath vpopmail = RawPath.of("/home/vpopmail");
    return new MoveSettings(
        domains,
        RawPath.of(old.root().toString()),
        qmail,
        finish ? RawPath.ROOT : root,
        finish ? root.resolve(qmail) : qmail,
        Optional.of(finish ? root.resolve(vpopmail) : vpopmail),
        existing,
        ownership,
        finish,
        Parallelism.all());
  }

  DomainMove.Report move(Snapshot snapshot) {
    try (ChunkReader reader = repository.reader()) {
      return move(snapshot, reader).run();
    }
  }

  MovePlan plan(Snapshot snapshot) {
    try (ChunkReader reader = repository.reader()) {
      return move(snapshot, reader).plan();
    }
  }

  DomainMove move(Snapshot snapshot, ChunkReader reader) {
    return new DomainMove(
        snapshot, reader, settings(), new Watcher(), cancellation, host, () -> stepped.run());
  }

  private final class Watcher implements MoveObserver {
    @Override
    public void planned(long files, long bytes) {}

    @Override
    public void restored(long files, long bytes) {
      restored.run();
    }

    @Override
    public void problem(RawPath path, String problem) {
      told.add(path + ": " + problem);
    }

    @Override
    public void changed(FileChange change) {
      told.add(change.file() + " +" + change.added() + " -" + change.removed());
    }

    @Override
    public void done(FollowUp followUp) {
      told.addAll(followUp.commands());
    }
  }

  /** What the folder is to have: what it had, of other owners. */
  Map<String, String> expectedFolder() {
    Map<String, String> was = old.image("home/vpopmail/domains/0/example.com");
    was.replaceAll((_, text) -> text.replace(" 89:89", " 1089:1089"));
    was.remove("/vpasswd");
    return was;
  }

  Map<String, String> movedFolder() {
    Map<String, String> is = live.image(HOME);
    is.remove("/vpasswd");
    is.remove("/" + HeldFolder.MARK);
    is.replaceAll((_, text) -> text.replace("directory 1750", "directory 750"));
    return is;
  }

  void isComplete() throws IOException {
    assertThat(movedFolder()).isEqualTo(expectedFolder());
    assertThat(live.read(HOME + "/vpasswd"))
        .isEqualTo(
            """
            anna:$1$x:1:0:anna:/home/vpopmail/domains/example.com/anna:NOQUOTA
            bert:$1$x:1:0:bert:/home/vpopmail/domains/example.com/bert:NOQUOTA
            """);
    assertThat(live.read(ASSIGN))
        .isEqualTo(
            """
            +alpha.net-:alpha.net:1089:1089:/home/vpopmail/domains/0/alpha.net:-::
            +alpha.org-:alpha.net:1089:1089:/home/vpopmail/domains/0/alpha.net:-::
            +example.com-:example.com:1089:1089:/home/vpopmail/domains/example.com:-::
            +example.org-:example.com:1089:1089:/home/vpopmail/domains/example.com:-::
            +zeta.net-:zeta.net:1089:1089:/home/vpopmail/domains/zeta.net:-::
            .
            """);
    assertThat(live.read(VIRTUAL))
        .isEqualTo(
            """
            alpha.net:alpha.net
            alpha.org:alpha.org
            example.com:example.com
            example.org:example.org
            zeta.net:zeta.net
            """);
    assertThat(live.read(RCPT))
        .isEqualTo("example.com\nexample.org\nlocalhost\nalpha.net\nalpha.org\nzeta.net\n");
  }

  Object modeOf(String path) {
    try {
      return (int) Files.getAttribute(live.at(path), "unix:mode") & 07777;
    } catch (IOException e) {
      return e;
    }
  }

  static List<String> commands(MovePlan plan) {
    return plan.followUps().stream().flatMap(f -> f.commands().stream()).toList();
  }

  /** Type, mode, owner and time of a line of an image. */
  static String image(@Nullable String text) {
    return String.valueOf(text).replaceAll("(\\.\\d{9}) .*", "$1");
  }

  /** Programs that write down that they were run, and how the domain was then. */
  void programs() throws IOException {
    for (String name : List.of("var/qmail/bin/qmail-newu", "home/vpopmail/bin/vmkpasswd")) {
      live.write(
          name,
          "#!/bin/sh\ncd "
              + live.root()
              + "\necho ${0##*/} $* `stat -c %a "
              + HOME
              + "` `grep -c"
              + " example.com "
              + VIRTUAL
              + "` >>log\n");
      Files.setAttribute(live.at(name), "unix:mode", 0755);
    }
    Files.createDirectories(live.at("var/qmail/queue"));
  }
}
