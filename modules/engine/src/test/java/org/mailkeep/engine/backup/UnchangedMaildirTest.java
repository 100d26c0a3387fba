package org.mailkeep.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.mailkeep.engine.WatchedBackup;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.testkit.mail.MailTree;

/** Mailboxes in which nothing has happened, and those that only look so. */
class UnchangedMaildirTest extends MaildirFixture {

  /** As if nothing had happened here for a while. */
  private static void age(Path... folders) throws IOException {
    for (Path folder : folders) {
      Files.setLastModifiedTime(
          folder, FileTime.from(Instant.now().minusSeconds(3600 + folder.hashCode() % 1000)));
    }
    try {
      // The change times cannot be set back, so they must be let grow old.
      TimeUnit.MILLISECONDS.sleep(2100);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private Entry maildirIn(Snapshot snapshot) {
    return repository.tree(snapshot).require(RawPath.of(maildir.toString())).entry();
  }

  @Test
  void an_unchanged_tree_adds_only_a_manifest_and_has_the_same_root() throws IOException {
    MailTree tree = MailTree.create(maildir.resolve("tree"), 5, 1, 3);
    Object _ = tree.deliver(200);
    Snapshot first = repository.backup(maildir).snapshot();
    long before = repository.size();
    Backup.Report again = repository.backup(maildir).run();
    assertThat(maildirIn(again.snapshot().orElseThrow())).isEqualTo(maildirIn(first));
    // The folders above may have got other times meanwhile, the one for temporary files above all.
    assertThat(again.manifest().counts().addedBytes()).isLessThan(500);
    assertThat(again.manifest().parent()).contains(first.id());
    assertThat(again.fullScan()).isFalse();
    assertThat(repository.size() - before).isLessThan(6000);
    // Index segments are not counted, and a small one there may be.
    long grown = repository.size() - before;
    assertThat(again.storedBytes()).isBetween(grown - 1000, grown);
    isExact(again.snapshot().orElseThrow());
  }

  @Test
  void an_unchanged_tree_makes_no_snapshot_where_none_is_wanted() throws IOException {
    message(cur, "1.a:2,S", "one");
    Snapshot snapshot = repository.backup(maildir).runIfChanged().snapshot().orElseThrow();
    Backup.Report again = repository.backup(maildir).runIfChanged();
    // Other programs use the folder for temporary files, whose time is part of the tree too.
    for (int i = 0; i < 50 && again.snapshot().isPresent(); i++) {
      snapshot = again.snapshot().get();
      again = repository.backup(maildir).runIfChanged();
    }
    assertThat(again.snapshot()).isEmpty();
    assertThat(again.manifest().root()).isEqualTo(snapshot.manifest().root());
    assertThat(repository.objects("snapshots")).isNotEmpty();
    message(cur, "2.a:2,S", "two");
    assertThat(repository.backup(maildir).runIfChanged().snapshot()).isPresent();
  }

  @Test
  void folders_of_messages_that_have_not_changed_are_not_listed_but_in_a_full_scan()
      throws IOException {
    message(cur, "1.a:2,S", "one");
    message(fresh, "2.a", "two");
    age(cur, fresh);
    Object _ = backUpExactly();
    // Only a listing could tell that a file in it was written to.
    Files.writeString(cur.resolve("1.a:2,S"), "Subject: x\n\nlonger than it was");
    WatchedBackup watch = new WatchedBackup();
    Backup.Report quick = repository.backup(maildir).watchedBy(watch).run();
    assertThat(watch.read).isEmpty();
    assertThat(watch.files).hasValue(2);
    assertThat(quick.manifest().counts().unchangedFiles()).isEqualTo(2);
    Backup.Report full = repository.backup(maildir).watchedBy(watch).fullScan().run();
    assertThat(watch.read).containsExactly(cur + "/1.a:2,S");
    assertThat(full.fullScan()).isTrue();
    isExact(full.snapshot().orElseThrow());
  }

  @Test
  void a_folder_in_a_folder_of_messages_is_never_taken_for_unchanged() throws IOException {
    Path odd = Files.createDirectory(cur.resolve("odd"));
    Path file = Files.writeString(odd.resolve("x"), "1");
    age(cur);
    Object _ = backUpExactly();
    Files.writeString(file, "22");
    Object _ = backUpExactly();
  }

  @Test
  void a_change_right_after_a_listing_is_noticed() throws IOException {
    List<Path> messages = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Object _ = backUpExactly();
      messages.add(message(cur, i + ".a:2,S", "message " + i));
      if (i % 3 == 2) {
        Files.delete(messages.removeFirst());
      }
    }
    Object _ = backUpExactly();
  }

  @Test
  void a_file_that_was_just_written_is_read_again_though_its_times_are_the_same()
      throws IOException {
    Path file = Files.writeString(maildir.resolve("lastauth"), "192.0.2.1");
    Object _ = backUpExactly();
    WatchedBackup watch = backUpExactly();
    assertThat(watch.read).contains(file.toString());
    age(maildir);
    Object _ = backUpExactly();
    assertThat(backUpExactly().read).isEmpty();
  }
}
