package org.mailkeep.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailkeep.mail.queue.QueueArea;
import org.mailkeep.mail.queue.QueueLayout;
import org.mailkeep.mail.queue.QueueUser;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.unix.Directory;

/** Whatever was done to a queue, every message is delivered once, to whom it was meant for. */
class QueueFixTest {

  private static final QueueOwners OWNERS =
      new QueueOwners(
          Map.of(QueueUser.QUEUE, 165, QueueUser.REMOTE, 166, QueueUser.SEND, 167), 162);
  private static final FileTime QUEUED = FileTime.from(Instant.ofEpochSecond(1_700_000_000));
  private static final List<Set<QueueArea>> STATES =
      List.of(
          EnumSet.noneOf(QueueArea.class),
          EnumSet.of(QueueArea.INTD),
          EnumSet.of(QueueArea.INTD, QueueArea.TODO),
          EnumSet.of(QueueArea.TODO, QueueArea.INFO, QueueArea.LOCAL),
          EnumSet.of(QueueArea.INFO, QueueArea.LOCAL, QueueArea.REMOTE),
          EnumSet.of(QueueArea.INFO, QueueArea.REMOTE, QueueArea.BOUNCE));

  @TempDir Path temp;
  private int queues;
  private Path queue;
  private QueueLayout layout = new QueueLayout(5, false);

  /** Stands for a kill. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  @BeforeEach
  void needs_root() {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root for owners");
    queue = temp;
  }

  private RawPath raw() {
    return RawPath.of(queue.toString());
  }

  private Path at(QueueArea area, long id) {
    return queue.resolve(layout.file(area, id).toString());
  }

  private static long inode(Path file) throws IOException {
    return (long) Files.getAttribute(file, "unix:ino", LinkOption.NOFOLLOW_LINKS);
  }

  private void own(Path path, QueueArea area) throws IOException {
    Files.setAttribute(path, "unix:uid", OWNERS.uid(area.owner()));
    Files.setAttribute(path, "unix:gid", OWNERS.group());
    Files.setAttribute(path, "unix:mode", area.fileMode());
  }

  /** A sound queue with messages in every state; each file says whose it is. */
  private List<Long> makeQueue() throws IOException {
    queue = temp.resolve("queue" + queues++);
    Object _ = new QueueInit(layout, OWNERS).make(raw());
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < STATES.size() * 2; i++) {
      String text = "message " + i;
      Path made = Files.writeString(queue.resolve("pid/new"), text);
      long id = inode(made);
      ids.add(id);
      Files.move(made, at(QueueArea.MESS, id));
      own(at(QueueArea.MESS, id), QueueArea.MESS);
      for (QueueArea area : STATES.get(i % STATES.size())) {
        Files.writeString(at(area, id), text);
        own(at(area, id), area);
      }
      if (Files.exists(at(QueueArea.INFO, id))) {
        Files.setLastModifiedTime(at(QueueArea.INFO, id), QUEUED);
      }
    }
    assertThat(check()).isEmpty();
    return ids;
  }

  private List<QueueFinding> check() {
    List<QueueFinding> findings = new ArrayList<>();
    try (Directory directory = Directory.open(raw())) {
      QueueLayout found = QueueCheck.layoutOf(directory);
      assertThat(found).isEqualTo(layout);
      long messages = new QueueCheck(directory, found, OWNERS, findings::add).run();
      assertThat(messages).isLessThan(100);
    }
    return findings;
  }

  /** What belongs together by number: the text of each file, by message and area. */
  private Map<String, Set<String>> messages() throws IOException {
    Map<String, Set<String>> messages = new TreeMap<>();
    for (RawPath folder : layout.folders(QueueArea.MESS)) {
      for (Path file : list(queue.resolve(folder.toString()))) {
        long id = Long.parseUnsignedLong(file.getFileName().toString());
        Set<String> parts = new TreeSet<>();
        for (QueueArea area : QueueArea.values()) {
          if (area.holdsMessages() && Files.exists(at(area, id))) {
            parts.add(area + " " + Files.readString(at(area, id)));
          }
          if (area == QueueArea.INFO && Files.exists(at(area, id))) {
            parts.add("since " + Files.getLastModifiedTime(at(area, id)));
          }
        }
        messages.put(Files.readString(file), parts);
      }
    }
    return messages;
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private List<String> fix(boolean removeOrphans, boolean dryRun, int killAfter) {
    List<String> log = new ArrayList<>();
    int[] left = {killAfter};
    try (Directory directory = Directory.open(raw())) {
      new QueueFix(
              directory,
              layout,
              OWNERS,
              removeOrphans,
              dryRun,
              new QueueFix.Observer() {
                @Override
                public void renumbered(long from, long to) {
                  log.add(from + " -> " + to);
                }

                @Override
                public void changed(RawPath path, String what) {
                  log.add(path + " " + what);
                }
              },
              () -> {
                if (--left[0] == 0) {
                  throw new Killed();
                }
              })
          .run();
    }
    return log;
  }

  private List<String> fix() {
    return fix(false, false, 0);
  }

  /** What people and disks do to queues. */
  enum Damage {
    COPIED,
    SWAPPED,
    ROTATED,
    OTHER_FOLDERS,
    OWNERS_LOST,
    MODES_LOST,
    FRAME_LOST,
    LEFTOVERS,
    COPIED_TWICE,
    COPIED_AND_MOVED
  }

  private void damage(Damage damage, List<Long> ids) throws Exception {
    switch (damage) {
      case COPIED -> copy();
      case COPIED_TWICE -> {
        copy();
        copy();
      }
      case SWAPPED -> rotate(ids.subList(0, 2));
      case ROTATED -> rotate(ids);
      case OTHER_FOLDERS -> moveFolders(ids);
      case COPIED_AND_MOVED -> {
        copy();
        moveFolders(ids);
      }
      case OWNERS_LOST -> run("chown", "-R", "0:0", queue.toString());
      case MODES_LOST -> run("chmod", "-R", "u+rwX,go-rwx", queue.toString());
      case FRAME_LOST -> {
        run("rm", "-r", queue + "/bounce", queue + "/lock/trigger", queue + "/lock/tcpto");
        Files.createDirectory(queue.resolve("bounce"));
      }
      case LEFTOVERS -> {
        copy();
        assertThatThrownBy(() -> fix(false, false, 7)).isInstanceOf(Killed.class);
      }
    }
  }

  private static void run(String... command) throws Exception {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  private void copy() throws Exception {
    Path copy = temp.resolve("queue" + queues++);
    run("cp", "-a", queue.toString(), copy.toString());
    queue = copy;
  }

  /** Each message's files get the number of the next one: the worst that renaming can meet. */
  private void rotate(List<Long> ids) throws IOException {
    List<Long> next = new ArrayList<>(ids.subList(1, ids.size()));
    next.add(ids.getFirst());
    for (QueueArea area : QueueArea.values()) {
      if (area.holdsMessages()) {
        for (long id : ids) {
          if (Files.exists(at(area, id))) {
            Files.move(at(area, id), queue.resolve("pid/" + id));
          }
        }
        for (int i = 0; i < ids.size(); i++) {
          Path spare = queue.resolve("pid/" + ids.get(i));
          if (Files.exists(spare)) {
            Files.move(spare, at(area, next.get(i)));
          }
        }
      }
    }
  }

  private void moveFolders(List<Long> ids) throws IOException {
    for (long id : ids) {
      for (QueueArea area : List.of(QueueArea.MESS, QueueArea.INFO, QueueArea.LOCAL)) {
        Path file = at(area, id);
        if (Files.exists(file)) {
          Path other = queue.resolve(area.directory() + "/" + (id + 1) % layout.split());
          Files.move(file, other.resolve(file.getFileName()));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void every_damage_is_found_and_mended_without_losing_a_message(Damage damage) throws Exception {
    List<Long> ids = makeQueue();
    if (damage == Damage.FRAME_LOST) {
      for (long id : ids) {
        Files.deleteIfExists(at(QueueArea.BOUNCE, id));
      }
    }
    Map<String, Set<String>> before = messages();
    damage(damage, ids);
    assertThat(check()).isNotEmpty();
    assertThat(fix()).isNotEmpty();
    assertThat(check()).isEmpty();
    assertThat(messages()).isEqualTo(before);
    assertThat(fix()).as("a second run has nothing to do").isEmpty();
  }

  @Test
  void a_queue_with_big_todo_is_mended_too() throws Exception {
    layout = new QueueLayout(3, true);
    List<Long> ids = makeQueue();
    Map<String, Set<String>> before = messages();
    rotate(ids);
    assertThat(fix()).hasSize(ids.size());
    assertThat(check()).isEmpty();
    assertThat(messages()).isEqualTo(before);
  }

  @Test
  void killed_after_some_renames_a_second_run_loses_nothing() throws Exception {
    assertThat(kill(7)).isGreaterThan(11);
  }

  @Test
  @Tag("slow")
  void killed_after_any_rename_a_second_run_loses_nothing() throws Exception {
    assertThat(kill(1)).isGreaterThan(80);
  }

  /** Kills one run after its first rename, the next {@code step} renames later; says how many. */
  private int kill(int step) throws Exception {
    int kills = 0;
    for (Damage damage : List.of(Damage.ROTATED, Damage.COPIED_AND_MOVED)) {
      boolean killed = true;
      for (int after = 1; killed; after += step) {
        List<Long> ids = makeQueue();
        Map<String, Set<String>> before = messages();
        damage(damage, ids);
        try {
          Object _ = fix(false, false, after);
          killed = false;
        } catch (Killed e) {
          kills++;
          Object _ = fix();
        }
        assertThat(check()).as(damage + " killed after " + after).isEmpty();
        assertThat(messages()).as(damage + " killed after " + after).isEqualTo(before);
        run("rm", "-r", queue.toString());
      }
    }
    return kills;
  }

  @Test
  void a_dry_run_says_the_same_and_changes_nothing() throws Exception {
    List<Long> ids = makeQueue();
    rotate(ids);
    List<QueueFinding> damage = check();
    List<String> plan = fix(false, true, 1);
    assertThat(check()).isEqualTo(damage);
    assertThat(plan).isEqualTo(fix()).hasSize(ids.size());
  }

  @Test
  void what_belongs_to_no_message_stays_unless_it_is_asked_to_go() throws Exception {
    Object _ = makeQueue();
    Files.writeString(at(QueueArea.INFO, 4711), "orphan");
    own(at(QueueArea.INFO, 4711), QueueArea.INFO);
    assertThat(fix()).isEmpty();
    assertThat(at(QueueArea.INFO, 4711)).exists();
    assertThat(fix(true, false, 0)).singleElement().asString().contains("removed");
    assertThat(check()).isEmpty();
  }

  @Test
  void an_orphan_in_the_way_of_a_new_number_is_told_before_anything_is_renamed() throws Exception {
    List<Long> ids = makeQueue();
    Map<String, Set<String>> before = messages();
    copy();
    long old = ids.get(4);
    long now = inode(at(QueueArea.MESS, old));
    Files.writeString(at(QueueArea.BOUNCE, now), "orphan");
    assertThatThrownBy(this::fix)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("bounce/" + now);
    assertThat(at(QueueArea.MESS, old)).exists();
    assertThat(fix(true, false, 0)).isNotEmpty();
    assertThat(messages()).isEqualTo(before);
    assertThat(check()).isEmpty();
  }

  @Test
  void orphans_stay_while_a_message_has_no_number() throws Exception {
    List<Long> ids = makeQueue();
    Path message = at(QueueArea.MESS, ids.get(4));
    Files.move(message, Path.of(message + ".tmp"));
    assertThatThrownBy(() -> fix(true, false, 0))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(ids.get(4) + ".tmp");
    assertThat(at(QueueArea.REMOTE, ids.get(4))).exists();
  }

  @Test
  void the_lock_of_qmail_send_is_never_replaced() throws Exception {
    Object _ = makeQueue();
    Path mutex = queue.resolve("lock/sendmutex");
    Files.writeString(mutex, "x");
    Files.setAttribute(mutex, "unix:mode", 0666);
    long before = inode(mutex);
    assertThat(fix()).isNotEmpty();
    assertThat(inode(mutex)).isEqualTo(before);
    assertThat(check()).isEmpty();
  }

  @Test
  void a_dry_run_tells_what_a_stopped_run_left() throws Exception {
    List<Long> ids = makeQueue();
    rotate(ids.subList(0, 2));
    // Three renames are the first round; the fifth is in the second.
    assertThatThrownBy(() -> fix(false, false, 5)).isInstanceOf(Killed.class);
    assertThat(fix(false, true, 0)).isNotEmpty();
    assertThat(fix()).isNotEmpty();
    assertThat(check()).isEmpty();
  }
}
