package org.mailkeep.engine.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.mailkeep.engine.RestoreRun;
import org.mailkeep.engine.account.Manifests;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.snapshot.Manifest;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.FileType;

/**
 * What the target has and the snapshot does not goes, when that is asked for; nothing else does.
 */
class DeleteRestoreTest extends RestoreFixture {

  private RestoreRun restored() {
    assertThat(restore().to(target).problems()).isZero();
    return restore().ifChanged().delete();
  }

  private void plant(String... files) throws IOException {
    for (String file : files) {
      Files.createDirectories(back(file).getParent());
      Files.writeString(back(file), "planted");
    }
  }

  @Test
  void files_links_and_directories_go_and_the_tree_is_the_snapshots() throws IOException {
    RestoreRun again = restored();
    plant("extra", "b/extra", "b/d/new/deep/file", "new/file");
    Path outside = Files.createDirectory(temp.resolve("outside"));
    Files.writeString(outside.resolve("precious"), "x");
    Files.createSymbolicLink(back("b/d/out"), outside);
    Files.createSymbolicLink(back("new/out"), outside.resolve("precious"));
    Plan plan = again.dryRunTo(target);
    assertThat(again.planned())
        .filteredOn(line -> line.startsWith("remove"))
        .containsExactly(
            "remove " + source + "/extra",
            "remove " + source + "/new/file",
            "remove " + source + "/new/out",
            "remove " + source + "/new",
            "remove " + source + "/b/extra",
            "remove " + source + "/b/d/new/deep/file",
            "remove " + source + "/b/d/new/deep",
            "remove " + source + "/b/d/new",
            "remove " + source + "/b/d/out");
    assertThat(plan.of(Change.REMOVE).directories()).isEqualTo(3);
    assertThat(back("extra")).exists();
    Restore.Report report = again.to(target);
    assertThat(report.removed()).isEqualTo(9);
    assertThat(report.problems()).isZero();
    isExact();
    assertThat(outside.resolve("precious")).hasContent("x");
  }

  @Test
  void without_the_word_nothing_goes() throws IOException {
    Object _ = restored();
    plant("extra");
    assertThat(restore().replace().to(target).removed()).isZero();
    assertThat(back("extra")).exists();
  }

  @Test
  void what_stands_beside_the_part_that_was_backed_up_stays() throws IOException {
    RestoreRun again = restored();
    Files.writeString(target.resolve("beside"), "x");
    Files.writeString(back().resolveSibling("beside"), "x");
    assertThat(again.to(target).removed()).isZero();
    assertThat(target.resolve("beside")).exists();
    assertThat(back().resolveSibling("beside")).exists();
  }

  @Test
  void what_the_restore_was_not_asked_for_stays() throws IOException {
    Object _ = restored();
    plant("extra", "b/extra", "b/extra.tmp", "b/new/keep.tmp", "b/d/extra", "new/keep.tmp");
    RestoreRun part = restore().ifChanged().delete().part(source.resolve("b")).exclude("*.tmp");
    assertThat(part.to(target).problems()).isZero();
    assertThat(names(back()))
        .contains("extra", "b/extra.tmp", "b/new/keep.tmp", "new/keep.tmp", "b/d/f.tmp")
        .doesNotContain("b/extra", "b/d/extra");
    plant("b/extra", "b/d/extra");
    assertThat(restore().ifChanged().delete().include("d").to(target).removed()).isEqualTo(1);
    assertThat(names(back())).contains("b/extra").doesNotContain("b/d/extra");
  }

  @Test
  void what_the_backup_was_told_to_leave_out_stays() throws IOException {
    write("b/scratch/one", "b/two.bak");
    Snapshot snapshot = repository.backup(source).exclude("scratch", "*.bak").snapshot();
    Object _ = repository.restore(snapshot).to(target);
    plant("b/scratch/one", "b/d/three.bak", "b/other");
    assertThat(repository.restore(snapshot).ifChanged().delete().to(target).removed()).isOne();
    assertThat(names(back())).contains("b/scratch/one", "b/d/three.bak").doesNotContain("b/other");
  }

  @Test
  void what_the_backup_could_not_read_stays() throws IOException {
    Snapshot snapshot = snapshot();
    Object _ = repository.restore(snapshot).to(target);
    plant("b/d/unread", "b/locked/in/it", "b/other");
    List<Manifest.Failure> failures =
        List.of(failure(source.resolve("b/d/unread")), failure(source.resolve("b/locked")));
    Snapshot incomplete = with(snapshot, new Manifest.Unreadable(2, failures));
    assertThat(repository.restore(incomplete).ifChanged().delete().to(target).removed()).isOne();
    assertThat(names(back())).contains("b/d/unread", "b/locked/in/it");
    plant("b/other");
    RestoreRun unknown =
        repository
            .restore(with(snapshot, new Manifest.Unreadable(3, failures)))
            .ifChanged()
            .delete();
    assertThat(unknown.dryRunTo(target).refusals()).hasSize(1);
    assertThatThrownBy(() -> unknown.to(target))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("could not read 3 files");
    assertThat(back("b/other")).exists();
  }

  private static Manifest.Failure failure(Path path) {
    return new Manifest.Failure(RawPath.of(path.toString()), "I/O error");
  }

  private static Snapshot with(Snapshot snapshot, Manifest.Unreadable unreadable) {
    return new Snapshot(snapshot.id(), Manifests.incomplete(snapshot.manifest(), unreadable));
  }

  @Test
  void what_backups_leave_out_of_a_mail_store_stays() throws IOException {
    write("home/anna/Maildir/cur/1.1.mx:2,S", "home/anna/Maildir/new/2.1.mx");
    Files.createDirectories(source.resolve("home/anna/Maildir/tmp"));
    write("home/vpasswd", "qmail/control/me");
    Files.createDirectories(source.resolve("qmail/queue"));
    Files.createDirectories(source.resolve("svc/supervise"));
    RestoreRun again = restored();
    plant(
        "home/anna/Maildir/tmp/3.1.mx",
        "home/anna/Maildir/dovecot.index",
        "home/anna/Maildir/dovecot-uidlist.lock",
        "home/anna/Maildir/cur/4.1.mx:2,",
        "home/anna/Maildir/.Trash/cur/5.1.mx:2,S",
        "home/.vpasswd.lock",
        "qmail/control/me.old",
        "svc/supervise/lock",
        "svc/supervise/status");
    liveQueue("qmail/queue");
    liveQueue("qmail/queue2");
    liveQueue("qmail/damaged");
    plant("qmail/damaged/mess/7/4712");
    fifo("svc/supervise", "control");
    fifo("svc/supervise", "ok");
    List<String> before = names(back());
    Restore.Report report = again.to(target);
    assertThat(report.problems()).isZero();
    List<String> gone = new ArrayList<>(before);
    gone.removeAll(names(back()));
    assertThat(gone)
        .containsExactly(
            "home/anna/Maildir/.Trash",
            "home/anna/Maildir/.Trash/cur",
            "home/anna/Maildir/.Trash/cur/5.1.mx:2,S",
            "home/anna/Maildir/cur/4.1.mx:2,",
            "qmail/control/me.old");
  }

  private void liveQueue(String queue) throws IOException {
    for (String split : List.of("mess", "info", "local", "remote")) {
      plant(queue + "/" + split + "/0/4711");
    }
    for (String flat : List.of("lock", "todo", "intd")) {
      Files.createDirectories(back(queue + "/" + flat));
    }
  }

  private void fifo(String folder, String name) {
    try (Directory open = Directory.open(RawPath.of(back(folder).toString()))) {
      open.makeNode(FileName.of(name), FileType.FIFO, 0600, 0, 0);
    }
  }

  @Test
  void a_mailbox_that_the_snapshot_does_not_know_goes_with_its_caches() throws IOException {
    RestoreRun again = restored();
    plant(
        "b/new/Maildir/cur/1.1.mx:2,S",
        "b/new/Maildir/new/2.1.mx",
        "b/new/Maildir/tmp/3.1.mx",
        "b/new/Maildir/dovecot.index");
    assertThat(again.to(target).problems()).isZero();
    isExact();
  }

  @Test
  void the_programs_own_folders_stay_wherever_they_are() throws IOException {
    RestoreRun again = restored();
    plant("b/repository/packs/x", "new/repository/packs/x", "new/other", "b/d/key");
    Object _ = again.delete(back("b/repository"), back("new/repository"), back("b/d/key"));
    assertThat(again.to(target).problems()).isZero();
    assertThat(names(back()))
        .contains("b/repository/packs/x", "new/repository/packs/x", "b/d/key")
        .doesNotContain("new/other");
  }

  @Test
  void where_something_is_mounted_nothing_goes() throws IOException {
    RestoreRun again = restored();
    Path other = Files.createDirectory(temp.resolve("other"));
    Files.writeString(other.resolve("precious"), "x");
    Files.createDirectories(back("new/mount"));
    try (Mount _ = Mount.bind(other, back("new/mount"));
        Mount _ = Mount.bind(other, back("b/d"))) {
      plant("new/file");
      assertThat(again.skip().to(target).problems()).isZero();
      assertThat(other.resolve("precious")).hasContent("x");
      assertThat(back("new/mount")).exists();
      assertThat(back("new/file")).doesNotExist();
    }
  }

  /** The same folder once more: a mount that the number of the file system does not show. */
  private record Mount(Path at) implements AutoCloseable {
    static Mount bind(Path what, Path at) throws IOException {
      assumeTrue(
          run("mount", "--bind", what.toString(), at.toString()), "needs the right to mount");
      return new Mount(at);
    }

    private static boolean run(String... command) throws IOException {
      return new ProcessBuilder(command).start().onExit().join().exitValue() == 0;
    }

    @Override
    public void close() throws IOException {
      assertThat(run("umount", at.toString())).isTrue();
    }
  }

  @Test
  void nothing_goes_where_not_everything_could_be_restored() throws IOException {
    byte[] noise = new byte[1 << 20];
    new SplittableRandom(1).nextBytes(noise);
    Path broken = Files.createDirectory(source.resolve("broken"));
    Files.write(broken.resolve("n"), noise);
    Object _ = repository.backup(broken).run();
    repository.flipBit(repository.objects("packs").getFirst(), 500_000);
    plant("extra");
    RestoreRun again = restore().ifChanged().delete();
    Restore.Report report = again.to(target);
    assertThat(report.problems()).isEqualTo(1);
    assertThat(report.removed()).isZero();
    assertThat(again.warnings()).anyMatch(text -> text.contains("nothing was removed"));
    assertThat(back("extra")).exists();
  }
}
