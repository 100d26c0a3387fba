package org.mailkeep.mail.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailkeep.mail.listing.EntryType.FIFO;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mailkeep.mail.listing.FakeDirectory;

class StructureTest {

  private static FakeDirectory split(int count) {
    return new FakeDirectory()
        .directories(IntStream.range(0, count).mapToObj(Integer::toString).toArray(String[]::new));
  }

  private static FakeDirectory queue(int split) {
    FakeDirectory queue = new FakeDirectory().directories("bounce", "intd", "lock", "pid", "todo");
    for (String name : new String[] {"mess", "info", "local", "remote"}) {
      queue.directory(name, split(split));
    }
    return queue;
  }

  @Test
  void a_queue_is_known_by_its_directories() {
    assertThat(Structure.of(Place.OTHER, queue(23))).contains(Structure.QMAIL_QUEUE);
    assertThat(QueueShape.of(queue(23))).contains(new QueueShape(23, false));
    assertThat(QueueShape.of(queue(151).directories("trash", "ratelimit")))
        .contains(new QueueShape(151, false));
  }

  @Test
  void a_queue_with_big_todo_is_known() {
    FakeDirectory queue = queue(23).directory("todo", split(23)).directory("intd", split(23));
    assertThat(QueueShape.of(queue)).contains(new QueueShape(23, true));
  }

  @Test
  void what_only_resembles_a_queue_is_kept() {
    assertThat(QueueShape.of(new FakeDirectory().directories("mess", "info"))).isEmpty();
    assertThat(QueueShape.of(queue(23).directory("info", split(22)))).isEmpty();
    assertThat(QueueShape.of(queue(23).directory("mess", split(23).directories("photos"))))
        .isEmpty();
    assertThat(QueueShape.of(queue(3).directory("mess", new FakeDirectory().directories("0", "2"))))
        .isEmpty();
  }

  @Test
  void a_damaged_queue_still_has_its_parts() {
    assertThat(QueueShape.hasParts(queue(23).directory("info", split(22)))).isTrue();
    assertThat(QueueShape.hasParts(new FakeDirectory().directories("mess", "info"))).isFalse();
  }

  @Test
  void the_state_of_supervise_is_known_by_its_pipes() {
    FakeDirectory state = new FakeDirectory().add(FIFO, "control", "ok").files("lock", "status");
    assertThat(Structure.of(Place.OTHER, state)).contains(Structure.SUPERVISE);
    FakeDirectory files = new FakeDirectory().files("control", "ok", "lock", "status");
    assertThat(Structure.of(Place.OTHER, files)).isEmpty();
  }

  @Test
  void the_tmp_of_a_maildir_is_left_out() {
    assertThat(Structure.of(Place.MAILDIR_TMP, new FakeDirectory()))
        .contains(Structure.MAILDIR_TMP);
    assertThat(Structure.of(Place.OTHER, new FakeDirectory())).isEmpty();
  }

  @Test
  void every_exclusion_has_its_reason() {
    assertThat(Structure.values()).allMatch(structure -> structure.reason().length() > 20);
  }
}
