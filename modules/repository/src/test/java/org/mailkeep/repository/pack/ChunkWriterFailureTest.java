package org.mailkeep.repository.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.repository.Chunk;
import org.mailkeep.repository.TestRepository;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.storage.Fault;
import org.mailkeep.storage.FaultyStorage;
import org.mailkeep.storage.ForgetfulStorage;
import org.mailkeep.storage.MemoryStorage;
import org.mailkeep.storage.Storage;

final class ChunkWriterFailureTest {

  @TempDir private Path folder;
  private final MemoryStorage memory = new MemoryStorage();
  private final List<Chunk> flushed = chunks(1, 20, 1000);
  private final List<Chunk> more = chunks(2, 20, 1000);

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"NOTHING_DONE", "ANSWER_LOST"})
  void a_failed_flush_says_so_every_time_and_what_was_flushed_before_stays(Fault fault) {
    TestRepository.create(memory, folder.resolve("a")).close();
    // Opening asks twice, a writer once for parity, the first flush puts once, the second is to
    // fail.
    Storage faulty = FaultyStorage.once(memory, 5, fault);
    try (TestRepository test = TestRepository.open(faulty, folder.resolve("a"))) {
      try (ChunkWriter writer = test.writer()) {
        flushed.forEach(chunk -> chunk.addTo(writer));
        writer.flush();
        more.forEach(chunk -> chunk.addTo(writer));
        assertThatThrownBy(writer::flush).isInstanceOf(StorageException.class);
        // The chunks are gone, so flushing again must not pretend to have stored them.
        assertThatThrownBy(writer::flush).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> more.getFirst().addTo(writer))
            .isInstanceOf(StorageException.class);
      }
      test.assertHas(flushed);
      test.store(more);
      test.assertHas(more);
    }
    assertAllThere("a");
    assertAllThere("new state");
  }

  private void assertAllThere(String state) {
    try (TestRepository test = TestRepository.open(memory, folder.resolve(state))) {
      assertThat(test.sync().pull().damaged()).isEmpty();
      test.assertHas(flushed);
      test.assertHas(more);
    }
  }

  @Test
  void a_failure_on_a_worker_thread_reaches_who_adds_next_or_flushes() {
    TestRepository.create(memory, folder).close();
    Storage faulty = FaultyStorage.from(memory, 4, Fault.NOTHING_DONE);
    try (TestRepository test = TestRepository.open(faulty, folder);
        ChunkWriter writer = test.writer()) {
      assertThatThrownBy(
              () -> {
                chunks(3, 40, 1 << 20).forEach(chunk -> chunk.addTo(writer));
                writer.flush();
              })
          .isInstanceOf(StorageException.class);
      assertThatThrownBy(writer::flush).isInstanceOf(StorageException.class);
      assertThat(writer.storedBytes()).isZero();
    }
  }

  @Test
  void a_disk_that_cuts_a_pack_and_says_nothing_is_found_out_when_it_is_read() {
    TestRepository.create(memory, folder.resolve("a")).close();
    Storage lying = FaultyStorage.once(memory, 4, Fault.CUT);
    try (TestRepository test = TestRepository.open(lying, folder.resolve("a"))) {
      test.store(flushed);
      assertThatThrownBy(() -> test.assertHas(flushed)).isInstanceOf(DamagedException.class);
    }
    try (TestRepository test = TestRepository.open(memory, folder.resolve("b"))) {
      assertThat(test.sync().pull().damaged())
          .singleElement()
          .satisfies(e -> assertThat(e.object()).startsWith("packs/"));
      test.store(flushed);
      test.assertHas(flushed);
    }
  }

  @Test
  void a_power_cut_loses_nothing_that_was_flushed() throws InterruptedException {
    for (int round = 0; round < 6; round++) {
      ForgetfulStorage forgetful = new ForgetfulStorage();
      TestRepository.create(forgetful, folder.resolve(round + "a")).close();
      List<Chunk> acknowledged = new ArrayList<>();
      CountDownLatch begun = new CountDownLatch(2 + round);
      Path state = folder.resolve(round + "b");
      Thread writing =
          Thread.ofPlatform().start(() -> writeUntilCut(forgetful, state, begun, acknowledged));
      begun.await();
      MemoryStorage survived = forgetful.cutPower();
      writing.join();
      assertThat(acknowledged).isNotEmpty();
      for (String reopened : List.of("b", "c")) {
        try (TestRepository test =
            TestRepository.open(survived, folder.resolve(round + reopened))) {
          assertThat(test.sync().pull().damaged()).isEmpty();
          test.assertHas(acknowledged);
        }
      }
    }
  }

  private static void writeUntilCut(
      Storage storage, Path state, CountDownLatch begun, List<Chunk> acknowledged) {
    try (TestRepository test = TestRepository.open(storage, state);
        ChunkWriter writer = test.writer()) {
      for (int i = 100; ; i++) {
        List<Chunk> chunks = chunks(i, 10, 500);
        chunks.forEach(chunk -> chunk.addTo(writer));
        writer.flush();
        acknowledged.addAll(chunks);
        if (i % 3 == 0) {
          test.sync().publish();
        }
        begun.countDown();
      }
    } catch (MailkeepException e) {
      assertThat(e).isInstanceOf(StorageException.class);
    }
  }

  private static List<Chunk> chunks(long seed, int count, int length) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Chunk> chunks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      chunks.add(Chunk.of(BlockKind.TEXT, bytes));
    }
    return chunks;
  }
}
