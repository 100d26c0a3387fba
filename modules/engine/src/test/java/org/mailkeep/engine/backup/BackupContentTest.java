package org.mailkeep.engine.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.engine.RestoreRun;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.engine.TreeImage;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.SystemCallException;
import org.mailkeep.model.tree.Body;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.unix.Credentials;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.FileType;
import org.mailkeep.unix.Output;

/** What is in a snapshot: everything, as it is. Seen by restoring it. */
class BackupContentTest {

  @TempDir Path temp;
  private Path source;
  private TestRepository repository;

  @BeforeEach
  void create() throws IOException {
    source = Files.createDirectory(temp.resolve("source"));
    repository = new TestRepository(temp);
  }

  @AfterEach
  void close() {
    repository.close();
  }

  private static void assumeRoot() {
    assumeTrue(Credentials.current().effectiveUid() == 0, "needs root");
  }

  private Directory open(Path path) {
    return Directory.open(RawPath.of(path.toString()));
  }

  /** Backs the source up, restores it, and gives what came back. */
  private Map<String, String> roundTrip() {
    Map<String, String> before = TreeImage.of(source);
    Snapshot snapshot = repository.backup(source).snapshot();
    assertThat(snapshot.manifest().unreadable().failures()).isEmpty();
    assertThat(TreeImage.of(source)).as("the source is as it was").isEqualTo(before);
    RestoreRun restore = repository.restore(snapshot);
    Path target = temp.resolve("target");
    assertThat(restore.to(target).problems()).as("%s", restore.problems()).isZero();
    Map<String, String> after = TreeImage.of(target.resolve(source.toString().substring(1)));
    assertThat(after).isEqualTo(before);
    return after;
  }

  @Test
  void a_file_that_is_only_read_again_to_be_sure_does_not_count_as_changed() throws IOException {
    Files.writeString(source.resolve("control"), "mail.example.org\n");
    Files.writeString(source.resolve("rcpthosts"), "example.org\n");
    Object _ = repository.backup(source).run();
    Files.writeString(source.resolve("rcpthosts"), "example.net\n");
    var counts = repository.backup(source).snapshot().manifest().counts();
    assertThat(counts.newFiles()).isZero();
    assertThat(counts.changedFiles()).isEqualTo(1);
    assertThat(counts.unchangedFiles()).isEqualTo(1);
  }

  @Test
  void files_directories_and_links_come_back() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 300; i++) {
      Path folder = Files.createDirectories(source.resolve("d" + i % 7).resolve("e" + i % 3));
      byte[] bytes = new byte[random.nextInt(20_000)];
      random.nextBytes(bytes);
      Files.write(folder.resolve("f" + i), bytes);
    }
    Files.createFile(source.resolve("empty"));
    Files.createDirectory(source.resolve("empty folder"));
    Files.createSymbolicLink(source.resolve("link"), Path.of("../nowhere"));
    Files.createSymbolicLink(source.resolve("absolute"), Path.of("/nowhere/at/all"));
    assertThat(roundTrip()).hasSize(300 + 7 + 7 * 3 + 5);
  }

  @Test
  void owners_and_modes_come_back_exactly() throws IOException {
    assumeRoot();
    try (Directory directory = open(source)) {
      for (int mode : new int[] {0, 0600, 0644, 0400, 04755, 02755, 01777, 07777, 06111}) {
        FileName file = FileName.of("f%o".formatted(mode));
        directory.createFile(file, 0600).close();
        directory.owner(file, 89, 4_000_000);
        directory.mode(file, mode);
        FileName below = FileName.of("d%o".formatted(mode));
        directory.makeDirectory(below, 0700);
        Files.writeString(source.resolve("d%o".formatted(mode)).resolve("x"), "x");
        directory.owner(below, 0x80000001, -2);
        directory.mode(below, mode);
      }
      directory.symbolicLink("x".getBytes(UTF_8), FileName.of("link"));
      directory.owner(FileName.of("link"), 161, 162);
    }
    assertThat(roundTrip()).containsKeys("f4755", "d2755", "link");
  }

  @Test
  void times_come_back_to_the_nanosecond_also_before_1970() throws IOException {
    try (Directory directory = open(source)) {
      FileName file = FileName.of("old");
      directory.createFile(file, 0600).close();
      directory.modified(file, -1, 999_999_999);
      FileName link = FileName.of("link");
      directory.symbolicLink("x".getBytes(UTF_8), link);
      directory.modified(link, 1, 1);
      FileName below = FileName.of("below");
      directory.makeDirectory(below, 0700);
      Files.writeString(source.resolve("below/x"), "x");
      directory.modified(below, -86_400, 5);
      directory.modified(1_234_567_890, 123_456_789);
    }
    assertThat(roundTrip().get("old")).contains("-1.999999999");
  }

  @Test
  void names_of_one_file_are_names_of_one_file_again() throws IOException {
    Files.writeString(source.resolve("a"), "one");
    Files.createDirectory(source.resolve("below"));
    Files.createLink(source.resolve("below/b"), source.resolve("a"));
    Files.createLink(source.resolve("z"), source.resolve("a"));
    Files.createSymbolicLink(source.resolve("link"), Path.of("a"));
    try (Directory directory = open(source)) {
      directory.hardLink(directory, FileName.of("link"), FileName.of("link2"));
    }
    assertThat(roundTrip()).containsEntry("link2", roundTripOf("link2"));
  }

  private String roundTripOf(String name) {
    return String.valueOf(TreeImage.of(source).get(name));
  }

  @Test
  void pipes_sockets_and_devices_come_back_without_being_opened() throws IOException {
    assumeRoot();
    try (Directory directory = open(source)) {
      directory.makeNode(FileName.of("trigger"), FileType.FIFO, 0622, 0, 0);
      directory.hardLink(directory, FileName.of("trigger"), FileName.of("trigger2"));
      directory.makeNode(FileName.of("null"), FileType.CHARACTER_DEVICE, 0666, 1, 3);
      directory.makeNode(FileName.of("disk"), FileType.BLOCK_DEVICE, 0600, 259, 70_000);
    }
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      Object _ = server.bind(UnixDomainSocketAddress.of(source.resolve("socket")));
    }
    assertThat(roundTrip()).hasSize(6);
  }

  @Test
  void extended_attributes_come_back() throws IOException {
    try (Directory directory = open(source)) {
      FileName file = FileName.of("file");
      directory.createFile(file, 0600).close();
      FileName link = FileName.of("link");
      directory.symbolicLink("x".getBytes(UTF_8), link);
      byte[] value = {0, 1, (byte) 0xff, '\n'};
      try {
        directory.setAttribute(file, "user.z".getBytes(UTF_8), value);
        directory.setAttribute(file, "user.a".getBytes(UTF_8), new byte[0]);
        directory.setAttribute("user.folder".getBytes(UTF_8), new byte[2000]);
      } catch (SystemCallException e) {
        assumeTrue(false, e.getMessage());
      }
      if (Credentials.current().effectiveUid() == 0) {
        directory.setAttribute(file, "trusted.t".getBytes(UTF_8), value);
        directory.setAttribute(link, "trusted.l".getBytes(UTF_8), value);
      }
    }
    assertThat(roundTrip().get("file")).contains("user.a=", "user.z=0001ff0a");
  }

  @Test
  void access_control_lists_come_back() throws IOException {
    // acl(5) as the kernel stores it: version 2, then tag, permissions and id of each entry.
    byte[] acl = {
      2,
      0,
      0,
      0, //
      1,
      0,
      6,
      0,
      -1,
      -1,
      -1,
      -1, // user::rw-
      2,
      0,
      4,
      0,
      89,
      0,
      0,
      0, // user:89:r--
      4,
      0,
      4,
      0,
      -1,
      -1,
      -1,
      -1, // group::r--
      16,
      0,
      4,
      0,
      -1,
      -1,
      -1,
      -1, // mask::r--
      32,
      0,
      0,
      0,
      -1,
      -1,
      -1,
      -1 // other::---
    };
    try (Directory directory = open(source)) {
      FileName file = FileName.of("file");
      directory.createFile(file, 0600).close();
      FileName below = FileName.of("below");
      directory.makeDirectory(below, 0700);
      try {
        directory.setAttribute(file, "system.posix_acl_access".getBytes(UTF_8), acl);
        directory.setAttribute(below, "system.posix_acl_default".getBytes(UTF_8), acl);
      } catch (SystemCallException e) {
        assumeTrue(false, e.getMessage());
      }
      // Made before the default ACL would be inherited, and after.
      Files.writeString(source.resolve("below/inherits"), "x");
      directory.makeNode(FileName.of("pipe"), FileType.FIFO, 0600, 0, 0);
    }
    Map<String, String> after = roundTrip();
    assertThat(after.get("file")).contains("system.posix_acl_access");
    assertThat(after.get("below/inherits")).contains("system.posix_acl_access");
  }

  @Test
  void a_sparse_file_stays_sparse() throws IOException {
    for (String name : List.of("start", "middle", "end", "all")) {
      try (RandomAccessFile file = new RandomAccessFile(source.resolve(name).toFile(), "rw")) {
        file.setLength(12L << 20);
        if (!name.equals("all")) {
          file.seek(name.equals("start") ? (12L << 20) - 5000 : name.equals("end") ? 0 : 5 << 20);
          file.write(new byte[5000]);
          file.write("data".getBytes(UTF_8));
        }
      }
    }
    long before = repository.size();
    Object _ = roundTrip();
    assertThat(repository.size() - before).isLessThan(20_000);
    Path restored = temp.resolve("target").resolve(source.toString().substring(1));
    for (String name : List.of("start", "middle", "end", "all")) {
      try (Directory directory = open(restored)) {
        assertThat(directory.stat(FileName.of(name)).blocks512() * 512)
            .as(name)
            .isLessThan(100_000);
      }
    }
  }

  @Test
  void names_are_bytes() throws IOException {
    try (Directory directory = open(source)) {
      for (byte[] name :
          List.of(
              new byte[] {'c', 'a', 'f', (byte) 0xe9},
              "line\nfeed".getBytes(UTF_8),
              "x".repeat(255).getBytes(UTF_8),
              new byte[] {(byte) 0xff, (byte) 0xfe},
              " ".getBytes(UTF_8),
              "...".getBytes(UTF_8),
              "\\".getBytes(UTF_8),
              "-rf".getBytes(UTF_8),
              "user@example.org,S=5:2,RS".getBytes(UTF_8))) {
        try (Output output = directory.createFile(FileName.of(name), 0600)) {
          output.write(name, 0, name.length);
        }
      }
      FileName folder = FileName.of(new byte[] {(byte) 0x80});
      directory.makeDirectory(folder, 0700);
      try (Directory below = directory.openDirectory(folder)) {
        below.symbolicLink(new byte[] {(byte) 0xfc, '\n'}, FileName.of(new byte[] {(byte) 0xfc}));
      }
    }
    assertThat(roundTrip()).hasSize(12);
  }

  @Test
  void a_folder_of_many_files_is_cut_into_nodes_and_comes_back() throws IOException {
    for (int i = 0; i < 1200; i++) {
      Files.writeString(source.resolve("file" + i * 7919), "x" + i % 10);
    }
    assertThat(roundTrip()).hasSize(1201);
  }

  @Test
  void what_changes_beside_a_source_does_not_make_another_snapshot() throws IOException {
    Path wanted = Files.createDirectories(source.resolve("wanted"));
    Files.writeString(wanted.resolve("file"), "1");
    Snapshot before = repository.backup(wanted).snapshot();
    Files.writeString(source.resolve("beside"), "2");
    Snapshot after = repository.backup(wanted).snapshot();
    assertThat(after.manifest().root()).isEqualTo(before.manifest().root());
  }

  @Test
  void several_sources_stand_under_their_own_paths() throws IOException {
    Path a = Files.createDirectories(source.resolve("a/b"));
    Path c = Files.createDirectories(source.resolve("c"));
    Files.writeString(a.resolve("wanted"), "1");
    Files.writeString(source.resolve("a/unwanted"), "2");
    Path single = Files.writeString(c.resolve("single"), "3");
    Files.writeString(c.resolve("unwanted"), "4");
    Files.setLastModifiedTime(c, FileTime.from(Instant.EPOCH));
    Snapshot snapshot = repository.backup(a, single).snapshot();
    Path target = temp.resolve("target");
    assertThat(repository.restore(snapshot).to(target).problems()).isZero();
    Map<String, String> back = TreeImage.of(target.resolve(source.toString().substring(1)));
    assertThat(back.keySet()).containsExactly(".", "a", "a/b", "a/b/wanted", "c", "c/single");
    assertThat(back.get("c")).as("the time of a folder on the way").doesNotContain(" 0.000000000");
    RawPath partial = RawPath.of(c.toString());
    assertThat(repository.tree(snapshot).require(partial).entry().body())
        .isInstanceOfSatisfying(
            Body.Directory.class, folder -> assertThat(folder.partial()).isTrue());
  }

  @Test
  void a_source_inside_another_is_part_of_it() throws IOException {
    Path below = Files.createDirectories(source.resolve("a/b"));
    Files.writeString(below.resolve("x"), "1");
    Files.writeString(source.resolve("y"), "2");
    Snapshot one = repository.backup(below, source).snapshot();
    Snapshot other = repository.backup(source, below, source).snapshot();
    assertThat(other.manifest().root().body()).isEqualTo(one.manifest().root().body());
    assertThat(one.manifest().root().files()).isEqualTo(2);
  }

  @Test
  void a_source_that_is_a_link_is_stored_as_a_link() throws IOException {
    Files.writeString(source.resolve("x"), "1");
    Path link = Files.createSymbolicLink(temp.resolve("link"), source);
    Snapshot snapshot = repository.backup(link).snapshot();
    assertThat(repository.tree(snapshot).require(RawPath.of(link.toString())).entry().body())
        .isInstanceOf(Body.SymbolicLink.class);
  }

  @Test
  void a_source_below_a_link_is_reached_through_it() throws IOException {
    Files.createDirectory(source.resolve("below"));
    Files.writeString(source.resolve("below/x"), "1");
    Path link = Files.createSymbolicLink(temp.resolve("link"), source);
    Snapshot snapshot = repository.backup(link.resolve("below")).snapshot();
    assertThat(repository.tree(snapshot).find(RawPath.of(link + "/below/x"))).isPresent();
  }

  @Test
  void owners_have_their_names_in_the_manifest() throws IOException {
    assumeRoot();
    Files.writeString(source.resolve("x"), "1");
    Files.setAttribute(source.resolve("x"), "unix:uid", 4_000_001);
    Files.setAttribute(source.resolve("x"), "unix:gid", 4_000_002);
    Snapshot snapshot = repository.backup(source).snapshot();
    assertThat(snapshot.manifest().users()).containsEntry(0, "root").containsEntry(4_000_001, "");
    assertThat(snapshot.manifest().groups()).containsEntry(0, "root").containsEntry(4_000_002, "");
  }

  @Test
  void the_manifest_tells_what_was_asked_for_and_done() throws IOException {
    Files.writeString(source.resolve("x"), "1234");
    Instant before = Instant.now();
    Backup.Report report = repository.backup(source).run();
    Snapshot snapshot = report.snapshot().orElseThrow();
    Snapshot loaded = repository.repository().snapshots().load(snapshot.id());
    assertThat(loaded.manifest().host()).isEqualTo("mail.example");
    assertThat(loaded.manifest().tags()).containsExactly("tag");
    assertThat(loaded.manifest().sources()).containsExactly(RawPath.of(source.toString()));
    assertThat(loaded.manifest().time()).isBetween(before.minusSeconds(1), Instant.now());
    assertThat(loaded.manifest().finished()).isAfterOrEqualTo(loaded.manifest().time());
    assertThat(loaded.manifest().counts().newFiles()).isEqualTo(1);
    assertThat(loaded.manifest().root().size()).isEqualTo(4);
    assertThat(report.fullScan()).isTrue();
    assertThat(report.storedBytes()).isPositive();
  }

  @Test
  void a_missing_source_is_told_before_anything_is_written() {
    long before = repository.size();
    assertThatThrownBy(() -> repository.backup(source, temp.resolve("no/where")).run())
        .isInstanceOf(org.mailkeep.model.error.NotFoundException.class)
        .hasMessageContaining("no/where");
    assertThat(repository.size()).isEqualTo(before);
  }
}
