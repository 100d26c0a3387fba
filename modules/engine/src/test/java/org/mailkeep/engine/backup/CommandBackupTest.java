package org.mailkeep.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.engine.BackupRun;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.engine.WatchedBackup;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.CommandFailedException;
import org.mailkeep.model.error.UsageException;

/** The output of commands, such as a dump of a database, as files of a snapshot. */
class CommandBackupTest {

  @TempDir Path temp;
  private Path source;
  private TestRepository repository;

  @BeforeEach
  void create() throws IOException {
    source = Files.createDirectory(temp.resolve("source"));
    Files.writeString(source.resolve("file"), "beside");
    repository = new TestRepository(Files.createDirectory(temp.resolve("work")));
  }

  @AfterEach
  void close() {
    repository.close();
  }

  private BackupRun backup() {
    return repository.backup(source);
  }

  private Path restored(Backup.Report report) throws IOException {
    Path target = Files.createTempDirectory(temp, "restored");
    repository.restore(report.snapshot().orElseThrow()).to(target);
    return target.resolve(".mailkeep-commands");
  }

  @Test
  void what_a_command_prints_comes_back_as_a_file_for_nobody_else() throws IOException {
    Backup.Report report =
        backup().command("accounts.sql", "printf 'line\\n'; echo more").command("none", ":").run();
    Path folder = restored(report);
    assertThat(folder.resolve("accounts.sql")).hasContent("line\nmore\n");
    assertThat(folder.resolve("none")).isEmptyFile();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("accounts.sql"))))
        .isEqualTo("rw-------");
    assertThat(folder.resolveSibling(source.toString().substring(1) + "/file"))
        .hasContent("beside");
    assertThat(report.manifest().sources())
        .contains(RawPath.of("/.mailkeep-commands/accounts.sql"));
  }

  @Test
  void a_long_output_is_stored_as_it_comes_and_once() throws IOException {
    String dump = "seq 1 2000000";
    Backup.Report first = backup().command("dump", dump).run();
    assertThat(Files.size(restored(first).resolve("dump"))).isEqualTo(14_888_896);
    Backup.Report second = backup().command("dump", dump + "; echo x").run();
    assertThat(second.manifest().counts().addedBytes()).isLessThan(1 << 20);
    assertThat(second.manifest().counts().changedFiles()).isEqualTo(1);
  }

  @Test
  void an_output_that_says_the_same_leaves_the_snapshot_the_same() {
    Backup.Report first = backup().command("dump", "echo same").run();
    Backup.Report second = backup().command("dump", "echo same").runIfChanged();
    assertThat(first.manifest().counts().newFiles()).isEqualTo(2);
    assertThat(second.snapshot()).isEmpty();
    assertThat(second.manifest().counts().unchangedFiles()).isEqualTo(2);
  }

  @Test
  void a_command_that_fails_makes_no_snapshot() {
    WatchedBackup watched = new WatchedBackup();
    BackupRun run =
        backup().watchedBy(watched).command("dump", "echo half; echo no database >&2; exit 7");
    assertThatThrownBy(run::run)
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("command dump ended with status 7")
        .hasMessageContaining("no database")
        .hasMessageNotContaining("half");
    assertThat(watched.said).containsExactly("dump: no database");
    assertThat(watched.read).noneMatch(path -> path.endsWith("/file"));
    assertThat(repository.objects("snapshots")).isEmpty();
    assertThatThrownBy(backup().command("dump", "kill -9 $$")::run)
        .hasMessageContaining("signal 9");
    assertThatThrownBy(backup().command("dump", "/no/such/program")::run)
        .hasMessageContaining("status 127");
    assertThat(repository.objects("snapshots")).isEmpty();
  }

  @Test
  void a_command_that_takes_too_long_is_stopped_with_all_that_it_started() throws Exception {
    Path alive = temp.resolve("alive");
    BackupRun run =
        backup()
            .commandTimeout(Duration.ofMillis(300))
            .command("dump", "(sleep 2; touch " + alive + ") | cat");
    assertThatThrownBy(run::run)
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("longer");
    Thread.sleep(2500);
    assertThat(alive).doesNotExist();
  }

  @Test
  void a_backup_that_is_stopped_stops_its_commands() {
    Cancellation stop = new Cancellation();
    AtomicBoolean asked = new AtomicBoolean();
    WatchedBackup watched =
        new WatchedBackup()
            .onReading(
                path -> {
                  asked.set(true);
                  stop.request();
                });
    long start = System.nanoTime();
    assertThatThrownBy(backup().stoppedBy(stop).watchedBy(watched).command("dump", "sleep 60")::run)
        .isInstanceOf(Cancellation.CancelledException.class);
    assertThat(asked).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void neither_the_command_nor_a_secret_in_it_is_kept() {
    CommandOutput output = new CommandOutput("dump", "mysqldump -phunter2", Optional.empty());
    assertThat(output.toString()).doesNotContain("hunter2");
    assertThat(backup().command("dump", "echo hunter2 >/dev/null").run().manifest().toString())
        .doesNotContain("hunter2");
  }

  @Test
  void a_name_is_a_plain_file_name() {
    for (String name : new String[] {"", ".", "..", "a/b", ".hidden", "a b", "x".repeat(101)}) {
      assertThatThrownBy(() -> backup().command(name, "true")).isInstanceOf(UsageException.class);
    }
  }
}
