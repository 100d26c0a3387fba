package org.mailkeep.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.testkit.property.Property;

/** What every kind of storage must do. */
public abstract class StorageContract {

  private static final ObjectName NAME = ObjectName.of("packs/4f/4f21");
  private static final int MIB = 1 << 20;

  private Storage storage = new MemoryStorage();

  /** A new, empty storage; closed after each test. */
  protected abstract Storage create() throws Exception;

  /** The storage under test. */
  protected final Storage storage() {
    return storage;
  }

  @BeforeEach
  final void createStorage() throws Exception {
    storage = create();
  }

  @AfterEach
  final void closeStorage() {
    storage.close();
  }

  private static ObjectContent text(String text) {
    return ObjectContent.of(text.getBytes(UTF_8));
  }

  private List<StoredObject> listed(ObjectFolder folder) {
    List<StoredObject> all = new ArrayList<>();
    storage.list(folder, all::add);
    return all;
  }

  private List<String> names(ObjectFolder folder) {
    return listed(folder).stream().map(object -> object.name().toString()).toList();
  }

  @Test
  void what_was_put_comes_back_exactly() {
    Property.check(
        50,
        draw -> {
          byte[] bytes = draw.bytes();
          ObjectName name = ObjectName.of("index/" + Long.toHexString(draw.random().nextLong()));
          int cut = draw.between(0, bytes.length);
          storage.put(
              name,
              ObjectContent.of(
                  List.of(
                      ByteBuffer.wrap(bytes, 0, cut),
                      ByteBuffer.wrap(bytes, cut, bytes.length - cut))));
          assertThat(storage.get(name)).isEqualTo(bytes);
          assertThat(storage.size(name)).hasValue(bytes.length);
        });
  }

  @Test
  void any_range_of_an_object_can_be_read() {
    Property.check(
        50,
        draw -> {
          byte[] bytes = draw.bytes();
          ObjectName name = ObjectName.of("packs/" + Long.toHexString(draw.random().nextLong()));
          storage.put(name, ObjectContent.of(bytes));
          int from = draw.between(0, bytes.length);
          int length = draw.between(0, bytes.length - from);
          ByteBuffer around = draw.flip() ? ByteBuffer.allocate(length + 7) : direct(length + 7);
          storage.read(name, from, around.position(3).limit(3 + length));
          assertThat(around.hasRemaining()).isFalse();
          assertThat(around.flip().position(3)).isEqualTo(ByteBuffer.wrap(bytes, from, length));
        });
  }

  private static ByteBuffer direct(int length) {
    return ByteBuffer.allocateDirect(length);
  }

  @Test
  void a_name_is_written_once() {
    storage.put(NAME, text("first"));
    assertThatThrownBy(() -> storage.put(NAME, text("second")))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(NAME.toString());
    assertThat(storage.get(NAME)).asString().isEqualTo("first");
    assertThat(names(ObjectFolder.ROOT)).containsExactly(NAME.toString());
  }

  @Test
  void of_many_who_put_one_name_one_wins() throws Exception {
    List<Callable<String>> puts = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      String mine = "writer " + i;
      puts.add(() -> catchThrowable(() -> storage.put(NAME, text(mine))) == null ? mine : "");
    }
    List<String> winners = inThreads(puts).stream().filter(text -> !text.isEmpty()).toList();
    assertThat(winners).hasSize(1);
    assertThat(storage.get(NAME)).asString().isEqualTo(winners.getFirst());
  }

  @Test
  void many_threads_write_read_and_list_at_once() throws Exception {
    Set<String> expected = new HashSet<>();
    List<Callable<Boolean>> writers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      ObjectName name = ObjectName.of("packs/" + i % 16 + "/" + i);
      expected.add(name.toString());
      byte[] bytes = ("object " + i).repeat(1000).getBytes(UTF_8);
      writers.add(
          () -> {
            storage.put(name, ObjectContent.of(bytes));
            storage.list(
                name.folder(), object -> assertThat(object.size()).isGreaterThanOrEqualTo(8000));
            return Arrays.equals(storage.get(name), bytes);
          });
    }
    assertThat(inThreads(writers)).hasSize(200).containsOnly(true);
    assertThat(names(new ObjectFolder("packs"))).hasSize(200).hasSameElementsAs(expected);
  }

  private static <T> List<T> inThreads(List<Callable<T>> tasks) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      List<T> results = new ArrayList<>();
      for (Future<T> future : threads.invokeAll(tasks)) {
        results.add(future.get());
      }
      return results;
    }
  }

  @Test
  void a_missing_object_is_told_apart_from_failures() {
    storage.put(ObjectName.of("packs/4f/other"), text("x"));
    for (ObjectName missing : List.of(NAME, ObjectName.of("keys/1"), ObjectName.of("nothing"))) {
      assertThat(storage.size(missing)).isEmpty();
      assertThatThrownBy(() -> storage.get(missing))
          .isInstanceOf(NotFoundException.class)
          .hasMessageContaining(missing.toString());
      assertThatThrownBy(() -> storage.read(missing, 0, ByteBuffer.allocate(1)))
          .isInstanceOf(NotFoundException.class);
    }
  }

  @Test
  void reading_beyond_the_end_is_damage() {
    storage.put(NAME, text("four"));
    for (long offset : new long[] {1, 4, 5, 1L << 40}) {
      assertThatThrownBy(() -> storage.read(NAME, offset, ByteBuffer.allocate(4)))
          .isInstanceOf(DamagedException.class)
          .hasMessageContaining(NAME.toString());
    }
  }

  @Test
  void an_empty_object_is_an_object() {
    storage.put(NAME, text(""));
    assertThat(storage.get(NAME)).isEmpty();
    storage.read(NAME, 0, ByteBuffer.allocate(0));
    assertThat(listed(ObjectFolder.ROOT)).containsExactly(new StoredObject(NAME, 0));
  }

  @Test
  void a_large_object_is_read_in_ranges_only() {
    byte[] slice = new byte[MIB];
    IntStream.range(0, MIB).forEach(i -> slice[i] = (byte) (i * 31 / 7));
    List<ByteBuffer> parts = new ArrayList<>(Collections.nCopies(64, ByteBuffer.wrap(slice)));
    parts.add(ByteBuffer.wrap(slice, 0, 1));
    storage.put(NAME, ObjectContent.of(parts));
    assertThat(storage.size(NAME)).hasValue(Storage.MOST_AT_ONCE + 1);
    ByteBuffer range = ByteBuffer.allocate(MIB);
    storage.read(NAME, 63L * MIB + 1, range);
    assertThat(range.get(MIB - 1)).isEqualTo(slice[0]);
    assertThat(range.flip().limit(MIB - 1)).isEqualTo(ByteBuffer.wrap(slice, 1, MIB - 1));
    assertThatThrownBy(() -> storage.get(NAME)).isInstanceOf(DamagedException.class);
  }

  @Test
  void a_folder_lists_itself_and_the_folders_below() {
    List<String> all =
        List.of("root", "keys/1", "packs/00/a", "packs/00/b", "packs/ff/c", "packs2/d");
    all.forEach(name -> storage.put(ObjectName.of(name), text(name)));
    assertThat(names(ObjectFolder.ROOT)).containsExactlyInAnyOrderElementsOf(all);
    assertThat(names(new ObjectFolder("packs")))
        .containsExactlyInAnyOrder("packs/00/a", "packs/00/b", "packs/ff/c");
    assertThat(names(new ObjectFolder("packs/ff"))).containsExactly("packs/ff/c");
    assertThat(names(new ObjectFolder("snapshots"))).isEmpty();
    assertThat(listed(new ObjectFolder("keys")))
        .containsExactly(new StoredObject(ObjectName.of("keys/1"), 6));
  }

  @Test
  void what_is_listed_can_be_deleted_on_the_way() {
    IntStream.range(0, 200).forEach(i -> storage.put(ObjectName.of("index/" + i), text("x")));
    storage.list(new ObjectFolder("index"), object -> storage.delete(object.name()));
    assertThat(listed(ObjectFolder.ROOT)).isEmpty();
  }

  @Test
  void names_may_use_all_allowed_characters() {
    List<String> all =
        List.of(
            "abcdefghijklmnopqrstuvwxyz0123456789._-",
            "0." + "-".repeat(98),
            "a/b/c/d/e",
            "a/b/c/d/" + "f".repeat(100),
            "a..b/c--_");
    all.forEach(name -> storage.put(ObjectName.of(name), text(name)));
    all.forEach(name -> assertThat(storage.get(ObjectName.of(name))).asString().isEqualTo(name));
    assertThat(names(ObjectFolder.ROOT)).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void a_deleted_object_is_gone_and_its_name_is_free() {
    storage.put(NAME, text("old"));
    storage.delete(NAME);
    storage.delete(NAME);
    storage.delete(ObjectName.of("never/was"));
    assertThat(storage.size(NAME)).isEmpty();
    assertThat(listed(ObjectFolder.ROOT)).isEmpty();
    storage.put(NAME, text("new"));
    assertThat(storage.get(NAME)).asString().isEqualTo("new");
  }

  @Test
  void a_put_that_is_cut_off_leaves_nothing_visible() {
    assertThatThrownBy(() -> storage.put(NAME, failing(3 * MIB)))
        .hasMessage("no more bytes for this test");
    assertThat(storage.size(NAME)).isEmpty();
    assertThat(listed(ObjectFolder.ROOT)).isEmpty();
    storage.put(NAME, text("second try"));
    assertThat(storage.get(NAME)).asString().isEqualTo("second try");
  }

  private static ObjectContent failing(int after) {
    return new ObjectContent() {
      @Override
      public long length() {
        return after + 1L;
      }

      @Override
      public Iterator<ByteBuffer> iterator() {
        return IntStream.of(after, -1)
            .mapToObj(
                length -> {
                  if (length < 0) {
                    throw new IllegalStateException("no more bytes for this test");
                  }
                  return ByteBuffer.allocate(length);
                })
            .iterator();
      }
    };
  }

  @Test
  void tidying_spares_objects_and_puts_in_progress() {
    storage.put(NAME, text("kept"));
    storage.tidy();
    assertThat(storage.get(NAME)).asString().isEqualTo("kept");
  }
}
