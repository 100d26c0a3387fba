package org.mailkeep.engine.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.Parallelism;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.engine.archive.ArchiveReader;
import org.mailkeep.engine.archive.FolderReader;
import org.mailkeep.engine.archive.Members;
import org.mailkeep.engine.archive.TarWriter;
import org.mailkeep.engine.browse.SnapshotTree;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.engine.diff.DiffObserver;
import org.mailkeep.engine.diff.Difference;
import org.mailkeep.engine.diff.TreeDiff;
import org.mailkeep.model.ByteString;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.content.Recipe;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Metadata;
import org.mailkeep.repository.block.Effort;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.tree.TreeReader;

class ImportTest {

  @TempDir Path temp;
  private TestRepository repository;
  private final ByteArrayOutputStream archive = new ByteArrayOutputStream();
  private final TarWriter tar = new TarWriter(archive);

  @BeforeEach
  void create() throws IOException {
    repository = new TestRepository(Files.createDirectory(temp.resolve("work")));
  }

  @AfterEach
  void close() {
    repository.close();
  }

  private void file(String path, String text, long seconds) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    tar.member(
        RawPath.of(path), metadata(seconds), new Body.RegularFile(bytes.length, Recipe.EMPTY));
    tar.content(bytes, 0, bytes.length);
  }

  private static Metadata metadata(long seconds) {
    return new Metadata(0640, 89, 89, seconds, 0, List.of());
  }

  private Snapshot imported() throws IOException {
    tar.finish();
    return imported(Members.open(archive.toByteArray()), RawPath.ROOT);
  }

  private Snapshot imported(ArchiveReader reader, RawPath root) {
    return imported(reader, root, () -> {});
  }

  /**
   * @param meanwhile what happens at each member
   */
  private Snapshot imported(ArchiveReader reader, RawPath root, Runnable meanwhile) {
    ImportSettings settings =
        new ImportSettings(
            root,
            Optional.empty(),
            "old.example",
            List.of("tape"),
            List.of(),
            1000,
            List.of(),
            "mailkeep test",
            Parallelism.all(),
            Effort.DEFAULT);
    ImportObserver silent =
        new ImportObserver() {
          @Override
          public void reading(RawPath path) {
            meanwhile.run();
          }

          @Override
          public void done(long bytes) {}
        };
    SkippedMembers skipped = new SkippedMembers(root, Members.SILENT);
    try (reader) {
      return new Import(
              repository.repository(),
              repository.state(),
              settings,
              skipped,
              silent,
              new Cancellation())
          .run(reader)
          .snapshot();
    }
  }

  private Entry entry(Snapshot snapshot, String path) {
    return repository.tree(snapshot).require(RawPath.of(path)).entry();
  }

  private String text(Snapshot snapshot, String path) {
    Body.RegularFile file = (Body.RegularFile) entry(snapshot, path).body();
    return new String(new ContentReader(repository.reader()).bytes(file.recipe(), 1000), UTF_8);
  }

  private void isRefused(String words) {
    assertThatThrownBy(this::imported)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(words);
    assertThat(repository.repository().snapshots().ids()).isEmpty();
  }

  @Test
  void members_in_any_order_become_a_tree_of_the_day_of_the_newest() throws IOException {
    file("/home/b/z", "last", 1_500_000_000);
    file("/home/a", "first", 1_600_000_000);
    tar.member(
        RawPath.of("/home/b"),
        metadata(1_400_000_000),
        new Body.Directory(new ChunkId(0, 0, 0), 0, 0, false));
    Snapshot snapshot = imported();
    assertThat(snapshot.manifest().time()).isEqualTo(Instant.ofEpochSecond(1_600_000_000));
    assertThat(snapshot.manifest().host()).isEqualTo("old.example");
    assertThat(snapshot.manifest().sources())
        .containsExactly(RawPath.of("/home/a"), RawPath.of("/home/b"));
    assertThat(text(snapshot, "/home/b/z")).isEqualTo("last");
    assertThat(entry(snapshot, "/home/b").metadata().mtimeSeconds()).isEqualTo(1_400_000_000);
    assertThat(entry(snapshot, "/home").body())
        .isInstanceOfSatisfying(Body.Directory.class, home -> assertThat(home.partial()).isTrue());
    assertThat(repository.check(true).isSound()).isTrue();
  }

  @Test
  void an_import_that_relied_on_what_a_prune_removes_meanwhile_makes_no_snapshot()
      throws IOException {
    file("/a", "stored before", 1);
    Snapshot first = imported();
    repository.repository().snapshots().delete(first.id());
    assertThatThrownBy(
            () ->
                imported(
                    Members.open(archive.toByteArray()),
                    RawPath.ROOT,
                    () -> {
                      repository.objects("index").forEach(repository.storage()::delete);
                      repository.objects("packs").forEach(repository.storage()::delete);
                    }))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("a prune removed content");
    assertThat(repository.repository().snapshots().ids()).isEmpty();
    Snapshot again = imported(Members.open(archive.toByteArray()), RawPath.ROOT);
    assertThat(text(again, "/a")).isEqualTo("stored before");
    assertThat(repository.check(true).isSound()).isTrue();
  }

  @Test
  void a_file_from_the_future_does_not_make_the_snapshot_the_latest_for_years() throws IOException {
    file("/a", "x", 1_600_000_000);
    file("/b", "x", 4_000_000_000L);
    assertThat(imported().manifest().time()).isEqualTo(Instant.ofEpochSecond(1_600_000_000));
  }

  @Test
  void of_two_members_of_one_name_the_last_counts() throws IOException {
    file("/a", "old", 1);
    tar.hardLink(RawPath.of("/linked"), metadata(1), RawPath.of("/a"));
    file("/a", "new", 2);
    tar.hardLink(RawPath.of("/other"), metadata(2), RawPath.of("/a"));
    Snapshot snapshot = imported();
    assertThat(text(snapshot, "/a")).isEqualTo("new");
    assertThat(text(snapshot, "/linked")).isEqualTo("old");
    assertThat(text(snapshot, "/other")).isEqualTo("new");
    assertThat(entry(snapshot, "/other").linkGroup())
        .isEqualTo(entry(snapshot, "/a").linkGroup())
        .isNotEqualTo(entry(snapshot, "/linked").linkGroup());
  }

  @Test
  void a_hard_link_to_what_is_not_in_the_archive_is_refused() throws IOException {
    tar.hardLink(RawPath.of("/shadow"), metadata(1), RawPath.of("/etc/shadow"));
    isRefused("is a hard link to /etc/shadow");
  }

  @Test
  void a_member_below_a_link_is_refused_in_either_order() throws IOException {
    tar.member(RawPath.of("/a"), metadata(1), new Body.SymbolicLink(ByteString.of("/etc")));
    file("/a/passwd", "root::0:0", 1);
    isRefused("/a is no directory in it");
  }

  @Test
  void an_archive_that_is_cut_off_makes_no_snapshot() throws IOException {
    file("/a", "text", 1);
    tar.finish();
    byte[] cut = Arrays.copyOf(archive.toByteArray(), 1024);
    assertThatThrownBy(() -> imported(Members.open(cut), RawPath.ROOT))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("cut off");
    assertThat(repository.repository().snapshots().ids()).isEmpty();
  }

  @Test
  void an_empty_archive_makes_no_snapshot() {
    isRefused("nothing in it");
  }

  @Test
  void more_members_than_allowed_make_no_snapshot() throws IOException {
    for (int i = 0; i <= 1000; i++) {
      file("/f" + i, "", 1);
    }
    isRefused("more than 1000 members");
  }

  @Test
  void a_folder_imported_to_its_place_is_what_a_backup_of_it_is() throws IOException {
    Path source = temp.resolve("source/Maildir");
    Files.createDirectories(source.resolve("cur"));
    Files.createDirectory(source.resolve("new"));
    Files.createDirectory(source.resolve("tmp"));
    Path message = source.resolve("cur/1.mx:2,S");
    Files.writeString(message, "Return-Path: <a@b>\nSubject: hi\n\n" + "body\n".repeat(1000));
    Files.createLink(source.resolve("cur/2.mx:2,"), message);
    Files.createSymbolicLink(source.resolve("link"), Path.of("cur"));
    Files.setLastModifiedTime(source, FileTime.from(Instant.parse("2020-01-01T00:00:00.123Z")));
    Snapshot backup = repository.backup(source).snapshot();
    long before = repository.objects("packs").size();
    RawPath place = RawPath.of(source.toString());
    Snapshot snapshot = imported(new FolderReader(place, Members.SILENT), place);
    List<Difference> differences = new ArrayList<>();
    DiffObserver observer =
        new DiffObserver() {
          @Override
          public void found(Difference difference) {
            differences.add(difference);
          }

          @Override
          public void damaged(RawPath directory, UnreadableException problem) {
            throw problem;
          }
        };
    SnapshotTree.Found was = repository.tree(backup).require(place);
    SnapshotTree.Found is = repository.tree(snapshot).require(place);
    new TreeDiff(new TreeReader(repository.reader()), observer, new Cancellation())
        .compare(place, Optional.of(was.entry()), Optional.of(is.entry()));
    assertThat(differences).isEmpty();
    assertThat(repository.objects("packs").size() - before).isLessThanOrEqualTo(1);
    assertThat(snapshot.manifest().counts().addedBytes()).isLessThan(4000);
  }
}
