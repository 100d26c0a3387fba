package org.mailkeep.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.engine.WatchedBackup;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.snapshot.Manifest;
import org.mailkeep.repository.snapshot.Snapshot;

/** What a backup leaves out of a mail store because nobody could use it after a restore. */
class MailStoreLeftOutTest {

  private static final String CANARY = "Subject: canary-4711\n\nin the queue\n";

  @TempDir Path temp;
  private Path source;
  private TestRepository repository;

  @BeforeEach
  void create() throws IOException {
    source = Files.createDirectory(temp.resolve("source"));
    repository = new TestRepository(Files.createDirectory(temp.resolve("work")));
  }

  @AfterEach
  void close() {
    repository.close();
  }

  private List<String> paths(Snapshot snapshot) {
    return repository.pathsBelow(source, snapshot);
  }

  private void write(String... files) throws IOException {
    for (String file : files) {
      Files.createDirectories(source.resolve(file).getParent());
      Files.writeString(source.resolve(file), file);
    }
  }

  private void fifo(String name) throws IOException, InterruptedException {
    Path path = source.resolve(name);
    Files.createDirectories(path.getParent());
    assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero();
  }

  /** A queue with one message in each state; {@code bigTodo} splits todo and intd too. */
  private void queue(String at, int split, boolean bigTodo) throws Exception {
    Path queue = source.resolve(at);
    for (String name : List.of("mess", "info", "local", "remote", "todo", "intd")) {
      boolean isSplit = bigTodo || !(name.equals("todo") || name.equals("intd"));
      for (int i = 0; i < (isSplit ? split : 1); i++) {
        Path folder = isSplit ? queue.resolve(name + "/" + i) : queue.resolve(name);
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("" + (1000 * split + i)), CANARY);
      }
    }
    for (String name : List.of("bounce", "pid", "lock")) {
      Files.createDirectories(queue.resolve(name));
    }
    write(at + "/lock/sendmutex", at + "/lock/tcpto");
    fifo(at + "/lock/trigger");
  }

  private List<String> reasons(Snapshot snapshot) {
    return snapshot.manifest().leftOut().stream().map(Manifest.LeftOut::reason).toList();
  }

  @Test
  void queues_are_left_empty_wherever_they_are_and_whatever_their_split() throws Exception {
    queue("var/qmail/queue", 23, false);
    queue("var/qmail2/queue", 151, true);
    queue("disk2/moved", 3, false);
    Files.createSymbolicLink(source.resolve("var/linked"), Path.of("../disk2/moved"));
    WatchedBackup watch = new WatchedBackup();
    Snapshot snapshot = repository.backup(source).watchedBy(watch).snapshot();
    assertThat(paths(snapshot))
        .containsExactly(
            "disk2",
            "disk2/moved",
            "var",
            "var/linked",
            "var/qmail",
            "var/qmail/queue",
            "var/qmail2",
            "var/qmail2/queue");
    assertThat(watch.read).isEmpty();
    assertThat(reasons(snapshot)).singleElement().asString().contains("the qmail queue");
    assertThat(snapshot.manifest().leftOut().getFirst().count()).isEqualTo(3);
    assertThat(snapshot.manifest().leftOut().getFirst().examples())
        .contains(RawPath.of(source.resolve("disk2/moved").toString()));
  }

  @Test
  void a_queue_named_as_a_source_is_left_empty_too() throws Exception {
    queue("queue", 23, false);
    Snapshot snapshot = repository.backup(source.resolve("queue")).snapshot();
    assertThat(snapshot.manifest().root().files()).isZero();
    assertThat(reasons(snapshot)).hasSize(1);
  }

  @Test
  void a_folder_that_only_resembles_a_queue_is_kept() throws Exception {
    queue("queue", 5, false);
    Files.delete(source.resolve("queue/info/3/5003"));
    Files.delete(source.resolve("queue/info/3"));
    assertThat(paths(repository.backup(source).snapshot()))
        .contains("queue/mess/3/5003", "queue/lock/trigger");
  }

  @Test
  void the_state_of_services_is_left_out_and_their_scripts_are_kept() throws Exception {
    write("qmail-smtpd/run", "qmail-smtpd/log/run", "qmail-smtpd/down");
    for (String folder : List.of("qmail-smtpd/supervise", "qmail-smtpd/log/supervise")) {
      write(folder + "/status", folder + "/lock");
      fifo(folder + "/control");
      fifo(folder + "/ok");
    }
    assertThat(paths(repository.backup(source).snapshot()))
        .containsExactly(
            "qmail-smtpd",
            "qmail-smtpd/down",
            "qmail-smtpd/log",
            "qmail-smtpd/log/run",
            "qmail-smtpd/log/supervise",
            "qmail-smtpd/run",
            "qmail-smtpd/supervise");
  }

  @Test
  void a_maildir_keeps_messages_and_uids_and_loses_caches_and_locks() throws Exception {
    write("M/cur/1.a:2,S", "M/cur/dovecot.index.cache", "M/new/2.a", "M/tmp/3.a");
    write("M/dovecot-uidlist", "M/dovecot-uidlist.lock", "M/dovecot.index.log", "M/subscriptions");
    write("M/courierimapuiddb", "M/maildirsize", "M/dovecot-keywords", "M/notes.tmp");
    write("M/.Sent/cur/4.a:2,S", "M/.Sent/new/5.a", "M/.Sent/tmp/6.a", "M/.Sent/dovecot.index");
    write("M/.dovecot.index/cur/7.a", "M/.dovecot.index/new/8", "M/.dovecot.index/tmp/9");
    write("elsewhere/dovecot.index.log", "elsewhere/x.lock", "elsewhere/tmp/3.a");
    Snapshot snapshot = repository.backup(source).snapshot();
    assertThat(paths(snapshot))
        .contains("M/cur/1.a:2,S", "M/cur/dovecot.index.cache", "M/new/2.a", "M/tmp")
        .contains("M/dovecot-uidlist", "M/subscriptions", "M/courierimapuiddb", "M/maildirsize")
        .contains("M/dovecot-keywords", "M/notes.tmp", "M/.Sent/cur/4.a:2,S", "M/.Sent/new/5.a")
        .contains("M/.dovecot.index/cur/7.a")
        .contains("elsewhere/dovecot.index.log", "elsewhere/x.lock", "elsewhere/tmp/3.a")
        .doesNotContain("M/tmp/3.a", "M/.Sent/tmp/6.a", "M/.dovecot.index/tmp/9")
        .doesNotContain("M/dovecot-uidlist.lock", "M/dovecot.index.log", "M/.Sent/dovecot.index");
    assertThat(reasons(snapshot)).hasSize(3);
  }

  @Test
  void all_of_it_is_kept_on_request_and_left_out_again_without() throws Exception {
    queue("queue", 3, false);
    write("M/cur/1.a:2,S", "M/new/2.a", "M/tmp/3.a", "M/dovecot.index.log");
    Snapshot without = repository.backup(source).snapshot();
    Snapshot with = repository.backup(source).includeAll().snapshot();
    assertThat(paths(with))
        .contains("queue/mess/2/3002", "queue/lock/trigger", "M/tmp/3.a", "M/dovecot.index.log");
    assertThat(with.manifest().leftOut()).isEmpty();
    Snapshot again = repository.backup(source).snapshot();
    assertThat(paths(again)).isEqualTo(paths(without));
    assertThat(again.manifest().root().size()).isEqualTo(without.manifest().root().size());
    assertThat(repository.check(true).isSound()).isTrue();
  }

  @Test
  void a_snapshot_notices_when_a_cache_comes_and_when_a_message_does() throws Exception {
    write("M/cur/1.a:2,S", "M/new/2.a", "M/tmp/3.a", "M/dovecot-uidlist");
    Thread.sleep(2100);
    Snapshot first = repository.backup(source).snapshot();
    write("M/dovecot.index.log", "M/tmp/4.a");
    Snapshot second = repository.backup(source).snapshot();
    assertThat(paths(second)).isEqualTo(paths(first));
    write("M/new/5.a");
    assertThat(paths(repository.backup(source).snapshot())).contains("M/new/5.a");
  }
}
