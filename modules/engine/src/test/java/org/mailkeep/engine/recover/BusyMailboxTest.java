package org.mailkeep.engine.recover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.repository.snapshot.Snapshot;

/** Mail comes and goes from folder to folder while a recovery is at work. */
class BusyMailboxTest {

  private static final int MESSAGES = 400;

  @TempDir private Path folder;

  @RepeatedTest(3)
  void what_is_moved_meanwhile_is_not_doubled_and_what_comes_meanwhile_stays() throws Exception {
    LiveMaildir box = new LiveMaildir(folder.resolve("domains/example.com/anna/Maildir"));
    List<String> folders = List.of("", ".A/", ".M/", ".Z/");
    for (String name : folders.subList(1, folders.size())) {
      box.folder(name.substring(0, 2));
    }
    for (int i = 0; i < MESSAGES; i++) {
      box.message("cur/" + i + ".a:2,S", "number " + i);
    }
    try (TestRepository repository =
            new TestRepository(Files.createDirectory(folder.resolve("work")));
        ExecutorService threads = Executors.newFixedThreadPool(1)) {
      Snapshot snapshot = repository.backup(folder.resolve("domains")).snapshot();
      for (int i = 0; i < MESSAGES; i += 10) {
        box.delete("cur/" + i + ".a:2,S");
      }
      AtomicBoolean stop = new AtomicBoolean();
      Future<Integer> arrivals = threads.submit(() -> keepMoving(box, folders, stop));
      RecoverRun run = new RecoverRun(repository, snapshot, box.path());
      assertThat(run.run().recovered()).isEqualTo(MESSAGES / 10);
      stop.set(true);
      int arrived = arrivals.get();
      MailboxImage after = MailboxImage.of(box.path());
      assertThat(after.contents()).hasSize(after.messages().size());
      assertThat(after.messages()).hasSize(MESSAGES + arrived);
      assertThat(run.run().recovered()).isZero();
    }
  }

  /** Moves messages through all folders, over and over, and delivers some. */
  private static int keepMoving(LiveMaildir box, List<String> folders, AtomicBoolean stop)
      throws IOException {
    int arrived = 0;
    for (int round = 0; !stop.get(); round++) {
      String from = folders.get(round % folders.size());
      String to = folders.get((round + 1) % folders.size());
      for (int i = 1; i < MESSAGES; i++) {
        if (i % 10 != 0) {
          box.move(from + "cur/" + i + ".a:2,S", to + "cur/" + i + ".a:2,S");
        }
      }
      box.message("new/9" + round + ".new", "arrival " + round);
      arrived++;
    }
    return arrived;
  }
}
