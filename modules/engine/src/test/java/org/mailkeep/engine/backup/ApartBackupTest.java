package org.mailkeep.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.testkit.mail.MailTree;

/** The backup that a rollback makes of a mailbox, between two ordinary ones of the whole server. */
class ApartBackupTest {

  @TempDir private Path temp;
  private MailTree mail;
  private TestRepository repository;

  @BeforeEach
  void create() throws IOException {
    mail = MailTree.create(temp.resolve("mail"), 11, 1, 3);
    Object _ = mail.deliver(60);
    repository = new TestRepository(Files.createDirectory(temp.resolve("work")));
    Object _ = repository.backup(mail.root()).run();
  }

  @AfterEach
  void close() {
    repository.close();
  }

  @Test
  void it_looks_at_every_file_and_stores_nothing_that_is_there() {
    Backup.Report apart = repository.backup(mail.mailboxes().getFirst()).apart();
    assertThat(apart.fullScan()).isTrue();
    assertThat(apart.snapshot()).isPresent();
    assertThat(apart.manifest().massChange()).isEmpty();
    assertThat(repository.check(true).isSound()).isTrue();
  }

  @Test
  void the_next_ordinary_backup_counts_from_the_last_ordinary_one() throws IOException {
    Object _ = mail.deliver(4);
    Backup.Report apart = repository.backup(mail.root()).apart();
    Backup.Report next = repository.backup(mail.root()).run();
    assertThat(apart.manifest().parent()).isEmpty();
    assertThat(next.manifest().counts().newFiles()).isGreaterThanOrEqualTo(4);
    assertThat(next.fullScan()).isFalse();
  }

  @Test
  void it_rings_no_alarm_where_all_is_gone() throws IOException {
    Path mailbox = mail.mailboxes().getFirst();
    Object _ = repository.backup(mailbox).run();
    try (var files = Files.walk(mailbox)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
    assertThat(repository.backup(mailbox).apart().manifest().massChange()).isEmpty();
    assertThat(repository.backup(mailbox).run().manifest().massChange()).isPresent();
  }
}
