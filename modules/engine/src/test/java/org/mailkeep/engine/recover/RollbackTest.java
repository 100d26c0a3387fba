package org.mailkeep.engine.recover;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.engine.TreeImage;
import org.mailkeep.engine.browse.ServerTree;
import org.mailkeep.engine.browse.SnapshotTree;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.engine.mailbox.Mailboxes;
import org.mailkeep.engine.mailbox.SnapshotStore;
import org.mailkeep.engine.restore.Restore;
import org.mailkeep.engine.restore.RestoreObserver;
import org.mailkeep.mail.maildir.UidDatabase;
import org.mailkeep.mail.maildir.UidDatabase.Uids;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.tree.TreeReader;
import org.mailkeep.testkit.mail.MailTree;

class RollbackTest {

  @TempDir private Path folder;
  private TestRepository repository;
  private LiveMaildir box;

  @BeforeEach
  void a_mailbox() throws IOException {
    repository = new TestRepository(Files.createDirectory(folder.resolve("work")));
    box = new LiveMaildir(folder.resolve("domains/example.com/anna/Maildir"));
    box.folder(".Archive").folder(".Sent");
  }

  @AfterEach
  void close() {
    repository.close();
  }

  private Snapshot snapshot() {
    return repository.backup(folder.resolve("domains")).fullScan().snapshot();
  }

  private Restore.Report rollBack(Snapshot to) {
    return rollBack(to, box.path(), snapshot(), () -> {});
  }

  /** Does something between the snapshot of what is there and the roll back. */
  private interface Meanwhile {
    void happens() throws IOException;
  }

  private Restore.Report rollBack(Snapshot to, Path maildir, Snapshot now, Meanwhile meanwhile) {
    try (ChunkReader reader = repository.reader()) {
      meanwhile.happens();
      SnapshotTree tree = new SnapshotTree(to, new TreeReader(reader));
      SnapshotStore store =
          new SnapshotStore(new ServerTree(tree, new ContentReader(reader), RawPath.ROOT));
      StoredMailbox stored =
          new StoredMailbox(store, Mailboxes.of(store).find(box.path().toString()));
      return new Rollback(
              stored,
              to,
              reader,
              RawPath.of(maildir.toString()),
              List.of(),
              RestoreObserver.SILENT,
              new Cancellation())
          .run(new SnapshotTree(now, new TreeReader(reader)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Uids uids(String file, UidDatabase database) throws IOException {
    return database.read(Files.readAllBytes(box.path().resolve(file))).orElseThrow();
  }

  /** A tree but for what servers count and what time it is. */
  private static Map<String, String> image(Path maildir) throws IOException {
    Map<String, String> image = TreeImage.of(maildir);
    image.keySet().removeIf(path -> path.endsWith("uidlist") || path.endsWith("uiddb"));
    image.replaceAll((_, is) -> is.startsWith("directory") ? is.replaceAll(" \\S+$", "") : is);
    return image;
  }

  @Test
  void messages_flags_folders_and_settings_are_what_they_were() throws IOException {
    box.message("new/1.a", "unseen");
    box.message("cur/2.b:2,S", "seen");
    box.message("cur/3.c:2,S", "moved");
    box.message(".Archive/cur/4.d:2,FS", "deleted");
    Files.writeString(box.path().resolve("subscriptions"), "V\t2\n\nArchive\n");
    Snapshot then = snapshot();
    Map<String, String> before = image(box.path());
    box.move("new/1.a", "cur/1.a:2,S");
    box.move("cur/2.b:2,S", "cur/2.b:2,RS");
    box.move("cur/3.c:2,S", ".Archive/cur/3.c:2,S");
    box.delete(".Archive/cur/4.d:2,FS");
    box.message("cur/5.e:2,S", "came later");
    box.folder(".Later");
    box.message(".Later/cur/6.f:2,S", "came later, too");
    Files.writeString(box.path().resolve(".Later/dovecot.index.log"), "x");
    Files.writeString(box.path().resolve(".Later/dovecot-uidlist"), "3 V7 N2 G1\n");
    Files.writeString(box.path().resolve("subscriptions"), "V\t2\n\nArchive\nLater\n");

    Restore.Report report = rollBack(then);
    assertThat(report.problems()).isZero();
    assertThat(image(box.path())).isEqualTo(before);
    assertThat(report.bytes()).as("moved and flagged messages are renamed").isLessThan(200);
  }

  @Test
  void uids_never_stand_for_another_message_than_clients_know_them_for() throws IOException {
    box.message("cur/1.a:2,S", "one");
    box.message(".Archive/cur/2.b:2,S", "two");
    box.message(".Sent/cur/3.c:2,S", "three");
    for (String place : List.of("", ".Archive/", ".Sent/")) {
      Files.writeString(
          box.path().resolve(place + "dovecot-uidlist"), "3 V1700000000 N2 Gabc\n1 :1.a\n");
      Files.writeString(box.path().resolve(place + "courierimapuiddb"), "1 700000000 2\n1 1.a\n");
    }
    Snapshot then = snapshot();
    box.delete("cur/1.a:2,S", ".Archive/cur/2.b:2,S");
    box.message("cur/5.e:2,S", "came later");
    Files.writeString(box.path().resolve("dovecot-uidlist"), "3 V1700000000 N9 Gabc\n8 :5.e\n");
    Files.writeString(box.path().resolve("dovecot.index"), "x");
    Files.writeString(box.path().resolve("dovecot.index.log"), "x");
    Files.writeString(box.path().resolve(".Sent/dovecot.index"), "x");
    Files.writeString(
        box.path().resolve(".Sent/dovecot-uidlist"), "3 V1700000000 N77 Gabc\n1 :1.a\n");
    long now = Instant.now().getEpochSecond();

    assertThat(rollBack(then).problems()).isZero();

    Uids inbox = uids("dovecot-uidlist", UidDatabase.DOVECOT);
    assertThat(inbox.validity()).isGreaterThanOrEqualTo(now);
    assertThat(inbox.next()).isEqualTo(9);
    assertThat(Files.readString(box.path().resolve("dovecot-uidlist")))
        .endsWith(" N9 Gabc\n1 :1.a\n");
    assertThat(uids("courierimapuiddb", UidDatabase.COURIER).validity()).isGreaterThan(700000000);
    assertThat(uids(".Archive/dovecot-uidlist", UidDatabase.DOVECOT).validity())
        .isGreaterThanOrEqualTo(now);
    assertThat(box.names("").stream().filter(name -> name.startsWith("dovecot.index"))).isEmpty();
    // Nothing comes back there, so what clients know stays right.
    assertThat(uids(".Sent/dovecot-uidlist", UidDatabase.DOVECOT))
        .isEqualTo(new Uids(1700000000, 77));
    assertThat(box.path().resolve(".Sent/dovecot.index")).exists();
    assertThat(box.names("").stream().filter(name -> name.endsWith(".lock"))).isEmpty();
  }

  @Test
  void mail_that_arrives_meanwhile_stays() throws IOException {
    box.message("cur/1.a:2,S", "one");
    Snapshot then = snapshot();
    box.message("cur/2.b:2,S", "came later");
    box.folder(".Later");
    Snapshot now = snapshot();
    Restore.Report report =
        rollBack(
            then,
            box.path(),
            now,
            () -> {
              box.message("new/3.c", "came meanwhile");
              box.message(".Later/new/4.d", "came meanwhile, too");
            });
    assertThat(report.problems()).isZero();
    assertThat(box.names("cur")).containsExactly("1.a:2,S");
    assertThat(box.names("new")).containsExactly("3.c");
    assertThat(box.names(".Later/new")).containsExactly("4.d");
  }

  @Test
  void rolling_back_twice_and_then_forward_again_ends_where_it_began() throws IOException {
    MailTree tree = MailTree.create(folder.resolve("domains"), 7, 1, 1);
    Path maildir = tree.mailboxes().getFirst();
    box = new LiveMaildir(maildir);
    var _ = tree.deliver(40);
    var _ = tree.live(40);
    Snapshot then = snapshot();
    Map<String, String> before = image(maildir);
    var _ = tree.live(80);
    Snapshot later = snapshot();
    Map<String, String> after = image(maildir);
    for (int i = 0; i < 2; i++) {
      assertThat(rollBack(then).problems()).isZero();
      assertThat(image(maildir)).isEqualTo(before);
    }
    assertThat(rollBack(later).problems()).isZero();
    assertThat(image(maildir)).isEqualTo(after);
  }

  @Test
  void a_maildir_of_another_name_is_refused() throws IOException {
    Snapshot then = snapshot();
    LiveMaildir other = new LiveMaildir(folder.resolve("elsewhere/mail"));
    assertThatThrownBy(() -> rollBack(then, other.path(), then, () -> {}))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("must be called Maildir");
  }

  @Test
  void what_cannot_be_read_as_a_database_of_uids_is_none() {
    for (String text :
        List.of(
            "", "\n", "3", "3 V1", "3 N1", "3 Vx N1", "2 V1 N1", "3 V0 N1", "3 V1 N99999999999")) {
      assertThat(UidDatabase.DOVECOT.read(text.getBytes(ISO_8859_1))).as(text).isEmpty();
    }
    for (String text : List.of("", "1", "1 2", "1 2 x", "2 1 1", "1 0 1", "1 4294967296 1")) {
      assertThat(UidDatabase.COURIER.read(text.getBytes(ISO_8859_1))).as(text).isEmpty();
    }
  }
}
