package org.mailkeep.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.error.StorageException;

class LocalStorageTest extends StorageContract {

  private static final ObjectName NAME = ObjectName.of("packs/4f/4f21");
  private static final ObjectContent HELLO = ObjectContent.of("hello".getBytes(UTF_8));

  @TempDir Path temp;

  private Path root() {
    return temp.resolve("above/store");
  }

  @Override
  protected Storage create() {
    return LocalStorage.create(root());
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(root())) {
      return all.filter(path -> !Files.isDirectory(path))
          .map(path -> root().relativize(path).toString())
          .toList();
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void an_object_is_one_file_that_nobody_may_write() throws IOException {
    storage().put(NAME, HELLO);
    assertThat(files()).containsExactly("packs/4f/4f21");
    assertThat(root().resolve("packs/4f/4f21")).hasContent("hello");
    assertThat(mode(root().resolve("packs/4f/4f21"))).isEqualTo("r--------");
    assertThat(Files.getAttribute(root().resolve("packs/4f/4f21"), "unix:nlink")).isEqualTo(1);
  }

  @Test
  void folders_are_the_owners_alone() throws IOException {
    storage().put(NAME, HELLO);
    for (String folder : List.of("", "packs", "packs/4f", "..")) {
      assertThat(mode(root().resolve(folder))).isEqualTo("rwx------");
    }
  }

  @Test
  void a_refused_put_leaves_no_file() throws IOException {
    storage().put(NAME, HELLO);
    assertThatThrownBy(() -> storage().put(NAME, HELLO)).isInstanceOf(RefusedException.class);
    assertThat(files()).containsExactly("packs/4f/4f21");
  }

  @Test
  void tidying_removes_temporary_files_older_than_a_day() throws IOException {
    storage().put(NAME, HELLO);
    Path old = Files.createFile(root().resolve("packs/4f/.tmp-01"));
    Path oldInRoot = Files.createFile(root().resolve(".tmp-02"));
    Path fresh = Files.createFile(root().resolve("packs/4f/.tmp-03"));
    FileTime yesterday = FileTime.from(Instant.now().minus(Storage.LEFTOVER_AGE).minusSeconds(60));
    for (Path path : List.of(old, oldInRoot, root().resolve("packs/4f/4f21"))) {
      Files.setLastModifiedTime(path, yesterday);
    }
    storage().list(ObjectFolder.ROOT, object -> assertThat(object.name()).isEqualTo(NAME));
    storage().tidy();
    assertThat(old).doesNotExist();
    assertThat(oldInRoot).doesNotExist();
    assertThat(fresh).exists();
    assertThat(storage().size(NAME)).hasValue(5);
  }

  @Test
  void what_others_put_beside_the_objects_is_not_listed() throws IOException {
    Files.createDirectories(root().resolve("packs/lost+found"));
    Files.createFile(root().resolve("packs/README"));
    Files.createDirectories(root().resolve("a/b/c/d/e/f"));
    Files.createFile(root().resolve("a/b/c/d/e/f/g"));
    storage().list(ObjectFolder.ROOT, object -> assertThat(object).isNull());
  }

  @Test
  void an_existing_folder_must_be_empty() throws IOException {
    Path given = Files.createDirectory(temp.resolve("given"));
    Files.createDirectory(given.resolve("lost+found"));
    LocalStorage.create(given).put(NAME, HELLO);
    assertThatThrownBy(() -> LocalStorage.create(given))
        .isInstanceOf(RefusedException.class)
        .hasMessage(given + " is not empty");
    Path file = given.resolve("packs/4f/4f21");
    assertThatThrownBy(() -> LocalStorage.create(file)).hasMessage(file + " is not a folder");
    assertThatThrownBy(() -> LocalStorage.create(file.resolve("below")))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("File exists");
  }

  @Test
  void a_store_is_opened_again_also_by_way_of_a_link() throws IOException {
    storage().put(NAME, HELLO);
    Path link = Files.createSymbolicLink(temp.resolve("link"), root());
    try (Storage again = LocalStorage.open(link)) {
      assertThat(again.get(NAME)).asString().isEqualTo("hello");
      again.put(ObjectName.of("packs/4f/more"), HELLO);
    }
    assertThat(storage().size(ObjectName.of("packs/4f/more"))).hasValue(5);
  }

  @Test
  void a_folder_that_is_missing_is_not_found() {
    assertThatThrownBy(() -> LocalStorage.open(temp.resolve("nowhere")))
        .isInstanceOfSatisfying(
            NotFoundException.class, e -> assertThat(e.advice()).contains("mailkeep init"));
  }

  @Test
  void a_root_that_disappears_is_a_failure_not_an_empty_store() throws IOException {
    Files.delete(root());
    for (Throwable failure :
        List.of(
            catchThrowable(() -> storage().list(ObjectFolder.ROOT, object -> {})),
            catchThrowable(() -> storage().list(new ObjectFolder("packs"), object -> {})),
            catchThrowable(() -> storage().size(NAME)),
            catchThrowable(() -> storage().put(NAME, HELLO)))) {
      assertThat(failure)
          .isInstanceOfSatisfying(
              StorageException.class,
              e -> assertThat(e.advice()).isEqualTo("Is the disk of " + root() + " mounted?"));
    }
  }

  @Test
  void links_inside_are_never_followed() throws IOException {
    Path outside = Files.createDirectory(temp.resolve("outside"));
    Path victim = Files.writeString(outside.resolve("4f21"), "secret");
    Files.createDirectory(root().resolve("packs"));
    Files.createSymbolicLink(root().resolve("packs/4f"), outside);
    Files.createSymbolicLink(root().resolve("key"), victim);
    Files.createSymbolicLink(root().resolve("dangling"), outside.resolve("nothing"));
    ObjectName key = ObjectName.of("key");

    assertThatThrownBy(() -> storage().get(NAME))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("packs/4f is not a folder, and links are not followed");
    assertThatThrownBy(() -> storage().delete(NAME)).isInstanceOf(StorageException.class);
    assertThatThrownBy(() -> storage().put(NAME, HELLO)).isInstanceOf(StorageException.class);
    assertThatThrownBy(() -> storage().list(new ObjectFolder("packs"), object -> {}))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("is a link, not followed");
    assertThatThrownBy(() -> storage().get(key)).isInstanceOf(DamagedException.class);
    assertThatThrownBy(() -> storage().put(key, HELLO)).isInstanceOf(RefusedException.class);
    assertThatThrownBy(() -> storage().put(ObjectName.of("dangling"), HELLO))
        .isInstanceOf(RefusedException.class);
    assertThat(outside).isDirectoryContaining("glob:**4f21");
    assertThat(victim).hasContent("secret");
  }

  @Test
  void a_fifo_is_never_opened() throws Exception {
    Path fifo = root().resolve("keys");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> storage().get(ObjectName.of("keys")))
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining("not a regular file");
    assertThatThrownBy(() -> storage().put(ObjectName.of("keys/1"), HELLO))
        .isInstanceOf(StorageException.class);
  }

  @Test
  void without_hard_links_a_rename_under_a_lock_refuses_a_taken_name() throws IOException {
    Path target = root().resolve("name");
    try (TemporaryFile first = TemporaryFile.in(root());
        TemporaryFile second = TemporaryFile.in(root())) {
      first.write(HELLO);
      second.write(ObjectContent.of(new byte[0]));
      assertThat(first.rename(target, root())).isTrue();
      assertThat(second.rename(target, root())).isFalse();
    }
    assertThat(target).hasContent("hello");
    storage().list(ObjectFolder.ROOT, object -> assertThat(object.size()).isEqualTo(5));
    assertThat(files()).containsExactlyInAnyOrder("name", ".rename-lock");
  }

  @Test
  void a_link_whose_answer_was_lost_counts_as_made() throws IOException {
    Path target = root().resolve("name");
    try (TemporaryFile file = TemporaryFile.in(root())) {
      file.write(HELLO);
      assertThat(file.name(target, root())).isTrue();
      assertThat(file.name(target, root())).isTrue();
    }
    assertThat(files()).containsExactly("name");
  }

  @Test
  void two_stores_in_one_folder_see_each_other() {
    try (Storage other = LocalStorage.open(root())) {
      storage().put(NAME, HELLO);
      assertThat(other.get(NAME)).asString().isEqualTo("hello");
      assertThatThrownBy(() -> other.put(NAME, HELLO)).isInstanceOf(RefusedException.class);
      other.put(ObjectName.of("packs/4f/b"), HELLO);
      other.delete(NAME);
      assertThat(storage().size(NAME)).isEmpty();
    }
  }

  @Test
  void content_that_lies_about_its_length_is_refused_and_leaves_no_file() throws IOException {
    ObjectContent lying =
        new ObjectContent() {
          @Override
          public long length() {
            return 4;
          }

          @Override
          public Iterator<ByteBuffer> iterator() {
            return HELLO.iterator();
          }
        };
    assertThatThrownBy(() -> storage().put(NAME, lying)).isInstanceOf(IllegalStateException.class);
    assertThat(files()).isEmpty();
  }
}
