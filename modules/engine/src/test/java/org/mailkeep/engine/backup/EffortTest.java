package org.mailkeep.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.engine.TreeImage;
import org.mailkeep.model.RawPath;
import org.mailkeep.repository.block.Effort;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.storage.ForwardingStorage;
import org.mailkeep.storage.ObjectContent;
import org.mailkeep.storage.ObjectName;
import org.mailkeep.testkit.mail.MailTree;

/** However little work a backup may do, or in how few threads, it is the same backup. */
class EffortTest {

  @TempDir Path folder;
  private Path source;

  @BeforeEach
  void makeMail() throws IOException {
    source = folder.resolve("mail");
    var _ = MailTree.create(source, 3, 1, 2).deliver(150);
  }

  @Test
  void with_one_job_one_thread_does_all() throws IOException {
    Set<String> threads = ConcurrentHashMap.newKeySet();
    try (TestRepository repository = new TestRepository(folder)) {
      Snapshot snapshot =
          repository
              .backup(source)
              .withThreads(1)
              .watchedBy(new ThreadNames(threads))
              .through(
                  new ForwardingStorage(repository.storage()) {
                    @Override
                    public void put(ObjectName name, ObjectContent content) {
                      threads.add(Thread.currentThread().getName());
                      super.put(name, content);
                    }
                  })
              .snapshot();
      assertThat(threads).containsExactly(Thread.currentThread().getName());
      assertRestored(repository, snapshot, 1);
    }
  }

  @Test
  void with_two_jobs_no_other_threads_compress() throws IOException {
    try (TestRepository repository = new TestRepository(folder)) {
      assertRestored(repository, repository.backup(source).withThreads(2).snapshot(), 2);
    }
  }

  @Test
  void the_best_effort_stores_less_than_the_fastest_and_all_of_it_reads_alike() throws IOException {
    Files.writeString(source.resolve("phrases"), phrases());
    List<Long> sizes = new ArrayList<>();
    for (Effort effort : Effort.values()) {
      Path own = Files.createDirectory(folder.resolve(effort.name()));
      try (TestRepository repository = new TestRepository(own)) {
        Snapshot snapshot = repository.backup(source).compressing(effort).snapshot();
        sizes.add(repository.size());
        assertRestored(repository, snapshot, 2);
      }
    }
    assertThat(sizes.getLast()).isLessThan(sizes.getFirst() - 20_000);
  }

  /** Long matches among short ones: made-up words alone have nothing that more effort finds. */
  private static String phrases() {
    SplittableRandom random = new SplittableRandom(1);
    List<String> phrases = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      StringBuilder phrase = new StringBuilder();
      for (int word = 0; word < 6; word++) {
        phrase.append("alpha").append(random.nextInt(400)).append(' ');
      }
      phrases.add(phrase.toString());
    }
    StringBuilder text = new StringBuilder();
    for (int line = 0; line < 9000; line++) {
      text.append(phrases.get(random.nextInt(300))).append(random.nextInt(100)).append(' ');
      text.append(phrases.get(random.nextInt(300))).append('\n');
    }
    return text.toString();
  }

  private void assertRestored(TestRepository repository, Snapshot snapshot, int jobs)
      throws IOException {
    Path target = Files.createTempDirectory(folder, "restored");
    var _ = repository.restore(snapshot).withThreads(jobs).to(target);
    assertThat(TreeImage.of(target.resolve(source.toString().substring(1))))
        .isEqualTo(TreeImage.of(source));
    assertThat(repository.check(true).isSound()).isTrue();
  }

  /** Notes which threads read. */
  private record ThreadNames(Set<String> names) implements BackupObserver {
    @Override
    public void expected(long files, long bytes) {}

    @Override
    public void entries(long files, long bytes) {}

    @Override
    public void reading(RawPath path) {
      names.add(Thread.currentThread().getName());
    }

    @Override
    public void leftOut(RawPath path, String reason) {}

    @Override
    public void unreadable(RawPath path, String problem) {}

    @Override
    public void commandSays(String name, String line) {}
  }
}
