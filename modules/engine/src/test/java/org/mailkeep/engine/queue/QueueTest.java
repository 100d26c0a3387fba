package org.mailkeep.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailkeep.engine.queue.QueueFinding.Kind;
import org.mailkeep.mail.queue.QueueArea;
import org.mailkeep.mail.queue.QueueLayout;
import org.mailkeep.mail.queue.QueueUser;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.Flock;

/** An empty queue is what qmail's own installer makes, and each damage has a name. */
class QueueTest {

  private static final QueueOwners OWNERS =
      new QueueOwners(
          Map.of(QueueUser.QUEUE, 165, QueueUser.REMOTE, 166, QueueUser.SEND, 167), 162);
  private static final QueueLayout USUAL = new QueueLayout(23, false);

  @TempDir Path temp;
  private Path queue;

  @BeforeEach
  void needs_root() {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root for owners");
    queue = temp.resolve("queue");
  }

  private RawPath raw() {
    return RawPath.of(queue.toString());
  }

  private int init(QueueLayout layout) {
    return new QueueInit(layout, OWNERS).make(raw());
  }

  private List<QueueFinding> check() {
    List<QueueFinding> findings = new ArrayList<>();
    try (Directory directory = Directory.open(raw())) {
      QueueLayout layout = QueueCheck.layoutOf(directory);
      long messages = new QueueCheck(directory, layout, OWNERS, findings::add).run();
      assertThat(messages).isLessThan(100);
    }
    return findings;
  }

  private List<String> kindsAndPaths() {
    return check().stream().map(f -> f.kind().word() + " " + f.path()).sorted().toList();
  }

  private String described(String path) throws IOException {
    Path file = queue.resolve(path);
    String size = Files.isRegularFile(file) ? " " + Files.size(file) : "";
    return String.format(
        "%o %s:%s%s", (int) fact(file, "mode"), fact(file, "uid"), fact(file, "gid"), size);
  }

  private static Object fact(Path file, String name) throws IOException {
    return Files.getAttribute(file, "unix:" + name, LinkOption.NOFOLLOW_LINKS);
  }

  private Path file(QueueArea area, long id, QueueLayout layout) throws IOException {
    Path path = queue.resolve(layout.file(area, id).toString());
    Files.writeString(path, "x");
    own(path, area);
    return path;
  }

  private static void own(Path path, QueueArea area) throws IOException {
    Files.setAttribute(path, "unix:uid", OWNERS.uid(area.owner()));
    Files.setAttribute(path, "unix:gid", OWNERS.group());
    Files.setPosixFilePermissions(
        path, PosixFilePermissions.fromString(area.fileMode() == 0644 ? "rw-r--r--" : "rw-------"));
  }

  /** A message as qmail-queue makes it: the file first, then its number from the inode. */
  private long message(QueueLayout layout, QueueArea... others) throws IOException {
    Path made = Files.writeString(queue.resolve("pid/new"), "Subject: x\n\n");
    long id = (long) Files.getAttribute(made, "unix:ino");
    Path path = queue.resolve(layout.file(QueueArea.MESS, id).toString());
    Files.move(made, path);
    own(path, QueueArea.MESS);
    for (QueueArea area : others) {
      file(area, id, layout);
    }
    return id;
  }

  @Test
  void an_empty_queue_has_the_owners_and_modes_of_hier_c() throws IOException {
    assertThat(init(USUAL)).isEqualTo(1 + 9 + 4 * 23 + 3);
    assertThat(described("")).isEqualTo("40750 165:162");
    assertThat(described("mess/22")).isEqualTo("40750 165:162");
    assertThat(described("info/0")).isEqualTo("40700 167:162");
    assertThat(described("local")).isEqualTo("40700 167:162");
    assertThat(described("remote/7")).isEqualTo("40700 167:162");
    assertThat(described("todo")).isEqualTo("40750 165:162");
    assertThat(described("intd")).isEqualTo("40700 165:162");
    assertThat(described("bounce")).isEqualTo("40700 167:162");
    assertThat(described("pid")).isEqualTo("40700 165:162");
    assertThat(described("lock")).isEqualTo("40750 165:162");
    assertThat(described("lock/tcpto")).isEqualTo("100644 166:162 1024");
    assertThat(described("lock/sendmutex")).isEqualTo("100600 167:162 0");
    assertThat(described("lock/trigger")).isEqualTo("10622 167:162");
    assertThat(queue.resolve("todo/0")).doesNotExist();
    assertThat(check()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1,false", "3,true", "151,true", "23,false"})
  void queues_of_any_split_are_made_and_recognised(int split, boolean bigTodo) throws IOException {
    QueueLayout layout = new QueueLayout(split, bigTodo);
    int made = init(layout);
    assertThat(made).isEqualTo(layout.items().size() + 1);
    long id = message(layout, QueueArea.TODO);
    assertThat(id).isPositive();
    try (Directory directory = Directory.open(raw())) {
      assertThat(QueueCheck.layoutOf(directory)).isEqualTo(layout);
    }
    assertThat(check()).isEmpty();
  }

  @Test
  void what_a_stopped_run_left_is_completed() throws IOException {
    int all = init(USUAL);
    for (String gone : List.of("lock/trigger", "lock/tcpto", "mess/4", "bounce")) {
      Files.delete(queue.resolve(gone));
    }
    Files.setAttribute(queue.resolve("info/3"), "unix:uid", 0);
    Files.setAttribute(queue.resolve("lock/sendmutex"), "unix:mode", 0666);
    assertThat(kindsAndPaths())
        .containsExactly(
            "missing bounce",
            "missing lock/tcpto",
            "missing lock/trigger",
            "missing mess/4",
            "wrong-mode lock/sendmutex",
            "wrong-owner info/3");
    assertThat(init(USUAL)).isEqualTo(4).isLessThan(all);
    assertThat(check()).isEmpty();
  }

  @Test
  void where_there_is_mail_or_another_split_nothing_is_changed() throws IOException {
    Object _ = init(USUAL);
    long id = message(USUAL);
    Files.delete(queue.resolve("lock/tcpto"));
    assertThatThrownBy(() -> init(USUAL))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(Long.toString(id));
    assertThat(queue.resolve("lock/tcpto")).doesNotExist();
    Files.delete(queue.resolve(USUAL.file(QueueArea.MESS, id).toString()));
    assertThatThrownBy(() -> init(new QueueLayout(11, false))).isInstanceOf(RefusedException.class);
    assertThat(init(USUAL)).isEqualTo(1);
  }

  @Test
  void a_queue_that_qmail_send_works_on_is_not_touched() {
    Object _ = init(USUAL);
    try (Directory lock = Directory.open(RawPath.of(queue + "/lock"));
        Flock held = Flock.tryExclusive(lock, FileName.of("sendmutex")).orElseThrow()) {
      assertThatThrownBy(() -> init(USUAL))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("qmail-send is running");
      assertThat(held).isNotNull();
      assertThat(check()).as("a check takes no lock").isEmpty();
    }
  }

  @Test
  void a_queue_behind_a_link_is_made_where_the_link_leads() throws IOException {
    Path disk = Files.createDirectory(temp.resolve("disk"));
    Files.createSymbolicLink(queue, disk);
    Object _ = init(USUAL);
    assertThat(disk.resolve("mess/22")).isDirectory();
    assertThat(queue).isSymbolicLink();
    assertThat(check()).isEmpty();
  }

  @Test
  void every_state_that_qmail_leaves_behind_is_sound() throws IOException {
    Object _ = init(USUAL);
    List<Long> ids = new ArrayList<>();
    ids.add(message(USUAL));
    ids.add(message(USUAL, QueueArea.INTD));
    ids.add(message(USUAL, QueueArea.INTD, QueueArea.TODO));
    ids.add(message(USUAL, QueueArea.TODO, QueueArea.INFO, QueueArea.LOCAL));
    ids.add(message(USUAL, QueueArea.INFO, QueueArea.LOCAL, QueueArea.REMOTE));
    ids.add(message(USUAL, QueueArea.INFO, QueueArea.REMOTE, QueueArea.BOUNCE));
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(check()).isEmpty();
  }

  @Test
  void a_copied_queue_has_names_that_are_not_its_inodes() throws Exception {
    Object _ = init(USUAL);
    long id = message(USUAL, QueueArea.INFO, QueueArea.REMOTE);
    Path copy = temp.resolve("copy");
    assertThat(new ProcessBuilder("cp", "-a", queue.toString(), copy.toString()).start().waitFor())
        .isZero();
    queue = copy;
    assertThat(check())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.kind()).isEqualTo(Kind.WRONG_NUMBER);
              assertThat(finding.path()).isEqualTo(USUAL.file(QueueArea.MESS, id));
              Path message = copy.resolve(finding.path().toString());
              assertThat(finding.detail())
                  .contains(Files.getAttribute(message, "unix:ino").toString());
            });
  }

  @Test
  void two_messages_with_swapped_names_are_both_found() throws IOException {
    Object _ = init(USUAL);
    Path one = queue.resolve(USUAL.file(QueueArea.MESS, message(USUAL)).toString());
    Path two = queue.resolve(USUAL.file(QueueArea.MESS, message(USUAL)).toString());
    Path spare = queue.resolve("pid/spare");
    Files.move(one, spare);
    Files.move(two, one);
    Files.move(spare, two);
    assertThat(check()).hasSize(2).allMatch(finding -> finding.kind() == Kind.WRONG_NUMBER);
  }

  @Test
  void parts_without_a_message_are_orphans_wherever_they_are() throws IOException {
    Object _ = init(USUAL);
    for (QueueArea area : QueueArea.values()) {
      if (area.holdsMessages() && area != QueueArea.MESS) {
        file(area, 4711, USUAL);
      }
    }
    assertThat(kindsAndPaths())
        .containsExactly(
            "orphan bounce/4711",
            "orphan info/19/4711",
            "orphan intd/4711",
            "orphan local/19/4711",
            "orphan remote/19/4711",
            "orphan todo/4711");
  }

  @Test
  void states_that_qmail_never_leaves_behind_are_broken() throws IOException {
    Object _ = init(USUAL);
    long[] ids = {
      message(USUAL, QueueArea.TODO, QueueArea.BOUNCE),
      message(USUAL, QueueArea.INFO, QueueArea.INTD),
      message(USUAL, QueueArea.LOCAL),
      message(USUAL, QueueArea.BOUNCE)
    };
    assertThat(check()).hasSize(ids.length).allMatch(finding -> finding.kind() == Kind.BROKEN);
  }

  @Test
  void files_in_the_wrong_split_folder_and_leftovers_are_named() throws IOException {
    Object _ = init(USUAL);
    long id = message(USUAL, QueueArea.INFO);
    String right = Long.toString(id % 23);
    String wrong = Long.toString((id + 1) % 23);
    for (String area : List.of("mess", "info")) {
      Files.move(
          queue.resolve(area + "/" + right + "/" + id),
          queue.resolve(area + "/" + wrong + "/" + id));
    }
    Files.writeString(queue.resolve("mess/5/77.tmp"), "left by a repair");
    Files.createDirectory(queue.resolve("info/x"));
    Files.createSymbolicLink(queue.resolve("todo/99"), Path.of("/etc/passwd"));
    Files.write(queue.resolve("lock/tcpto"), new byte[16]);
    assertThat(kindsAndPaths())
        .contains(
            "unknown info/x",
            "unknown mess/5/77.tmp",
            "wrong-folder info/" + wrong + "/" + id,
            "wrong-folder mess/" + wrong + "/" + id,
            "wrong-size lock/tcpto",
            "wrong-type todo/99");
  }

  @Test
  void what_is_no_queue_is_said_to_be_none() throws IOException {
    Files.createDirectories(queue.resolve("cur"));
    assertThatThrownBy(this::check).isInstanceOf(NotFoundException.class);
    Files.createDirectories(queue.resolve("mess/0"));
    assertThat(check().size()).as("a beginning of a queue").isGreaterThan(5);
  }
}
