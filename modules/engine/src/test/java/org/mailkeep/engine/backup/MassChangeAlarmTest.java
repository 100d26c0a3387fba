package org.mailkeep.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.model.snapshot.Manifest;

/** Without a host state, what is in the repository decides with what a backup is compared. */
class MassChangeAlarmTest {

  private static final MassChangeAlarm ALARM = new MassChangeAlarm(20, 1, true);

  @TempDir private Path temp;
  private TestRepository repository;
  private Path source;

  @BeforeEach
  void create() throws IOException {
    source = Files.createDirectory(temp.resolve("source"));
    repository = new TestRepository(Files.createDirectory(temp.resolve("work")));
  }

  @AfterEach
  void close() {
    repository.close();
  }

  private Manifest backup(int files) throws IOException {
    for (int i = 0; i < 20; i++) {
      Path file = source.resolve("file" + i);
      if (i < files) {
        Files.writeString(file, "file " + i);
      } else {
        Files.deleteIfExists(file);
      }
    }
    return repository.backup(source).snapshot().manifest();
  }

  /** What an import, a repair or a rollback stores beside backups: the same but for its options. */
  private void save(Manifest m, String option) {
    Object _ =
        repository
            .repository()
            .snapshots()
            .save(
                new Manifest(
                    m.time().plusSeconds(1),
                    Instant.now(),
                    m.host(),
                    m.sources(),
                    m.profiles(),
                    m.tags(),
                    m.root(),
                    Optional.empty(),
                    m.users(),
                    m.groups(),
                    m.accounts(),
                    m.leftOut(),
                    m.unreadable(),
                    m.counts(),
                    List.of(option),
                    m.program()),
                repository.repository().keys().startSealing());
  }

  private Optional<Manifest.MassChange> judge(Manifest now) {
    return ALARM.judge(Optional.empty(), now, repository.repository());
  }

  @Test
  void what_was_imported_or_saved_before_a_rollback_raises_no_alarm() throws IOException {
    Manifest small = backup(10);
    Manifest large = backup(20);
    repository.repository().snapshots().ids().forEach(repository.repository().snapshots()::delete);
    Object _ =
        repository
            .repository()
            .snapshots()
            .save(small, repository.repository().keys().startSealing());
    save(large, "import old.tar");
    save(large, "mailbox recover --rollback");
    assertThat(judge(small)).isEmpty();
  }

  @Test
  void nor_does_it_hide_one() throws IOException {
    Manifest large = backup(20);
    repository.repository().snapshots().ids().forEach(repository.repository().snapshots()::delete);
    Manifest small = backup(10);
    repository.repository().snapshots().ids().forEach(repository.repository().snapshots()::delete);
    Object _ =
        repository
            .repository()
            .snapshots()
            .save(large, repository.repository().keys().startSealing());
    save(small, "import old.tar");
    save(small, "mailbox recover --rollback");
    assertThat(judge(small).orElseThrow().before()).isEqualTo(large.root().files());
  }
}
