package org.mailkeep.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.RestoreRun;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.engine.TreeImage;
import org.mailkeep.engine.WatchedBackup;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.storage.Fault;
import org.mailkeep.storage.FaultyStorage;
import org.mailkeep.testkit.mail.MailTree;

/** A run that does not end well costs work done again, never a message. */
@Timeout(120)
class BrokenRunTest {

  @TempDir Path temp;
  private Path source;
  private MailTree mail;
  private TestRepository repository;
  private int restores;

  @BeforeEach
  void create() throws IOException {
    source = temp.resolve("source");
    mail = MailTree.create(source, 42, 1, 2);
    Object _ = mail.deliver(40);
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 4; i++) {
      byte[] noise = new byte[1 << 20];
      random.nextBytes(noise);
      Files.write(Files.createDirectories(source.resolve("noise" + i)).resolve("file"), noise);
    }
    repository = new TestRepository(Files.createDirectory(temp.resolve("work")));
  }

  @AfterEach
  void close() {
    repository.close();
  }

  private void isExact(Snapshot snapshot) {
    Path target = temp.resolve("work/target" + ++restores);
    RestoreRun restore = repository.restore(snapshot);
    assertThat(restore.to(target).problems()).as("%s", restore.problems()).isZero();
    assertThat(TreeImage.of(target.resolve(source.toString().substring(1))))
        .isEqualTo(TreeImage.of(source));
    assertThat(repository.check(true).isSound()).isTrue();
  }

  private void stopAfter(int files) {
    Cancellation stop = new Cancellation();
    AtomicInteger left = new AtomicInteger(files);
    WatchedBackup watch =
        new WatchedBackup()
            .onReading(
                _ -> {
                  if (left.decrementAndGet() == 0) {
                    stop.request();
                  }
                });
    assertThatThrownBy(() -> repository.backup(source).watchedBy(watch).stoppedBy(stop).run())
        .isInstanceOf(Cancellation.CancelledException.class);
  }

  @Test
  void what_a_stopped_run_stored_is_found_by_the_next() throws IOException {
    for (int files : new int[] {1, 5, 20, 40}) {
      stopAfter(files);
    }
    assertThat(repository.objects("snapshots")).isEmpty();
    assertThat(repository.objects("packs")).isNotEmpty();
    assertThat(repository.objects("index")).isNotEmpty();
    long stored = repository.size();
    Snapshot snapshot = repository.backup(source).snapshot();
    assertThat(snapshot.manifest().counts().addedBytes()).isLessThan(5_000_000);
    assertThat(repository.size()).isGreaterThan(stored);
    isExact(snapshot);
    long whole = repository.size();
    TestRepository other = new TestRepository(Files.createDirectory(temp.resolve("other")));
    Object _ = other.backup(source).run();
    assertThat(whole - other.size()).as("nothing is stored twice").isLessThan(60_000);
    other.close();
  }

  @Test
  void after_a_good_run_a_stopped_one_does_no_harm() throws IOException {
    Object _ = repository.backup(source).run();
    for (int round = 0; round < 4; round++) {
      Object _ = mail.live(15);
      Object _ = mail.deliver(5);
      stopAfter(2 + round);
    }
    isExact(repository.backup(source).snapshot());
  }

  @Test
  void whatever_operation_of_a_first_run_fails_the_next_is_whole() throws IOException {
    for (int n = 2; isBrokenAndMended(n, Fault.NOTHING_DONE, false); n++) {}
  }

  @Test
  void whatever_operation_of_a_later_run_fails_the_next_is_whole() throws IOException {
    for (int n = 2; isBrokenAndMended(n, Fault.ANSWER_LOST, true); n++) {}
  }

  /** False where the run had no such operation. */
  private boolean isBrokenAndMended(int n, Fault fault, boolean later) throws IOException {
    repository.close();
    repository = new TestRepository(Files.createDirectory(temp.resolve("work/" + fault + n)));
    if (later) {
      Object _ = repository.backup(source).run();
      Object _ = mail.live(10);
    }
    FaultyStorage storage = FaultyStorage.from(repository.storage(), n, fault);
    Throwable failure = catchThrowable(() -> repository.backup(source).through(storage).run());
    Object _ = mail.live(5);
    isExact(repository.backup(source).snapshot());
    if (failure != null) {
      assertThat(failure).isInstanceOf(MailkeepException.class);
    }
    return failure != null;
  }

  @Test
  void a_run_whose_packs_are_lost_is_not_believed() throws IOException {
    Object _ = repository.backup(source).run();
    Object _ = mail.deliver(20);
    // Packs of the second run fail; the first run's folders are known, the second's are noted.
    int puts = 3;
    assertThatThrownBy(
            () ->
                repository
                    .backup(source)
                    .through(FaultyStorage.from(repository.storage(), 5 + puts, Fault.NOTHING_DONE))
                    .run())
        .isInstanceOf(StorageException.class);
    isExact(repository.backup(source).snapshot());
    Object _ = mail.live(10);
    isExact(repository.backup(source).snapshot());
  }

  @Test
  void objects_that_were_rewritten_elsewhere_make_the_host_state_begin_anew() throws IOException {
    Object _ = repository.backup(source).run();
    // As after a prune on another host that found nothing of this snapshot worth keeping.
    for (String folder : new String[] {"snapshots", "index", "packs"}) {
      repository.objects(folder).forEach(repository.storage()::delete);
    }
    isExact(repository.backup(source).snapshot());
  }
}
