package org.mailkeep.engine.recover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.testkit.mail.MailTree;

/** A mailbox lives through thirty snapshots, and goes back to each of them. */
class ThirtyDaysTest {

  private static final int DAYS = 30;
  private static final long SEED = 30;

  @TempDir private Path folder;

  /** A day's end. */
  private record Day(Snapshot snapshot, MailboxImage image) {}

  @Test
  @Tag("slow")
  void recovering_any_day_brings_back_what_is_missing_now_and_nothing_else_once()
      throws IOException {
    MailTree tree = MailTree.create(Files.createDirectory(folder.resolve("store")), SEED, 1, 2);
    Path maildir = tree.mailboxes().getFirst();
    try (TestRepository repository =
        new TestRepository(Files.createDirectory(folder.resolve("work")))) {
      var _ = tree.deliver(60);
      List<Day> days = new ArrayList<>();
      for (int day = 0; day < DAYS; day++) {
        for (int i = 0; i < 4; i++) {
          var _ = tree.live(5);
          var _ = tree.delete();
        }
        days.add(
            new Day(
                repository.backup(tree.root()).fullScan().snapshot(), MailboxImage.of(maildir)));
      }
      MailboxImage now = MailboxImage.of(maildir);
      int recovered = 0;
      for (Day day : days) {
        recovered += recover(repository, day, maildir, now);
      }
      assertThat(recovered).as("messages that were missing on all days").isGreaterThan(100);
    }
  }

  /** Recovers a day into a copy of the mailbox as it is now. */
  private int recover(TestRepository repository, Day day, Path maildir, MailboxImage now)
      throws IOException {
    Path live = folder.resolve("live-" + day.snapshot().id().shortForm());
    LiveMaildir.command("cp", "-a", maildir.toString(), live.toString());
    List<MailboxImage.Message> missing = day.image().missingFrom(now);
    RecoverRun run = new RecoverRun(repository, day.snapshot(), maildir).to(live);

    assertThat(run.dryRun().recovered()).isEqualTo(missing.size());
    assertThat(MailboxImage.of(live).messages())
        .containsExactlyInAnyOrderElementsOf(now.messages());

    assertThat(run.run().recovered()).isEqualTo(missing.size());
    MailboxImage after = MailboxImage.of(live);
    assertThat(after.messages()).containsAll(now.messages());
    assertThat(MailboxImage.likenesses(after.beside(now)))
        .isEqualTo(MailboxImage.likenesses(missing));

    assertThat(run.run().recovered()).isZero();
    assertThat(MailboxImage.of(live).messages())
        .containsExactlyInAnyOrderElementsOf(after.messages());
    return missing.size();
  }
}
