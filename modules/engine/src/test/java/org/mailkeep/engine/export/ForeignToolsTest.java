package org.mailkeep.engine.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.Parallelism;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.engine.TreeImage;
import org.mailkeep.engine.archive.Archives;
import org.mailkeep.engine.archive.Members;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.engine.ingest.Import;
import org.mailkeep.engine.ingest.ImportObserver;
import org.mailkeep.engine.ingest.ImportSettings;
import org.mailkeep.engine.ingest.SkippedMembers;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.repository.block.Effort;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.unix.Accounts;
import org.mailkeep.unix.Credentials;
import org.mailkeep.unix.Directory;
import org.mailkeep.unix.FileType;

/** Archives beside GNU tar, bsdtar, cpio and Python, which must be installed; as root. */
class ForeignToolsTest {

  @TempDir Path temp;
  private Path source;
  private TestRepository repository;

  @BeforeEach
  void create() throws IOException {
    assumeTrue(Credentials.current().effectiveUid() == 0, "needs root: owners are compared");
    source = Files.createDirectory(temp.resolve("source"));
    repository = new TestRepository(Files.createDirectory(temp.resolve("work")));
    fill();
  }

  @AfterEach
  void close() {
    if (repository != null) {
      repository.close();
    }
  }

  /** One of each: what the formats say in their headers, and what they need records for. */
  private void fill() throws IOException {
    Path cur = Files.createDirectories(source.resolve("Maildir/cur"));
    Path message = cur.resolve("1700000000.M1P2.mx,S=40:2,S");
    Files.writeString(message, "Return-Path: <a@example.org>\n\nbody\n");
    Files.createLink(source.resolve("linked"), message);
    try (RandomAccessFile sparse = new RandomAccessFile(source.resolve("large").toFile(), "rw")) {
      sparse.setLength(5 << 20);
      sparse.seek(1 << 20);
      sparse.write(new byte[] {1, 2, 3});
    }
    Files.createSymbolicLink(source.resolve("link"), Path.of("t".repeat(150)));
    Files.writeString(source.resolve("n".repeat(180)), "long name");
    try (Directory directory = Directory.open(RawPath.of(source.toString()))) {
      FileName latin = FileName.of(new byte[] {'c', 'a', 'f', (byte) 0xe9});
      directory.createFile(latin, 0644).close();
      directory.makeNode(FileName.of("fifo"), FileType.FIFO, 0622, 0, 0);
      directory.makeNode(FileName.of("null"), FileType.CHARACTER_DEVICE, 0666, 1, 3);
      FileName large = FileName.of("large");
      directory.owner(large, 89, 3_000_000);
      directory.mode(large, 04750);
      directory.setAttribute(
          large, "user.bytes".getBytes(UTF_8), new byte[] {0, '\n', (byte) 0xff, '='});
      directory.setAttribute(large, "system.posix_acl_access".getBytes(UTF_8), acl());
    }
    Files.setLastModifiedTime(
        message, FileTime.from(Instant.parse("2001-02-03T04:05:06.123456789Z")));
    Files.setLastModifiedTime(source, FileTime.from(Instant.parse("2002-02-03T04:05:06.5Z")));
  }

  private static byte[] acl() {
    return new byte[] {
      2, 0, 0, 0, 1, 0, 7, 0, -1, -1, -1, -1, 2, 0, 6, 0, 89, 0, 0, 0, 4, 0, 5, 0, -1, -1, -1, -1,
      16, 0, 5, 0, -1, -1, -1, -1, 32, 0, 0, 0, -1, -1, -1, -1
    };
  }

  private Path exported(Snapshot snapshot, ExportFormat format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Export(
            snapshot,
            repository.tree(snapshot),
            new ContentReader(repository.reader()),
            new Silent(),
            new Cancellation())
        .run(RawPath.of(source.toString()), format, out);
    return Files.write(temp.resolve("archive." + format), out.toByteArray());
  }

  private static final class Silent implements ExportObserver {
    @Override
    public void expected(long files, long bytes) {}

    @Override
    public void writing(RawPath path) {}

    @Override
    public void done(long files, long bytes) {}

    @Override
    public void problem(RawPath path, String problem) {
      throw new AssertionError(path + ": " + problem);
    }
  }

  private static void needs(String program) {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin", program))
            || Files.isExecutable(Path.of("/bin", program)),
        program + " is not installed");
  }

  private String shell(String line) throws IOException {
    Process process =
        new ProcessBuilder("/bin/sh", "-c", line)
            .directory(temp.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      assertThat(process.waitFor()).as(line + ": " + said).isZero();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    return said;
  }

  /** The tree below, without the directories that lead to it, whose times are nobody's. */
  private Map<String, String> image(Path target) {
    return new TreeMap<>(TreeImage.of(target.resolve(source.toString().substring(1))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tar --xattrs --xattrs-include='*' --acls -xpf", "bsdtar -xpf"})
  void an_archive_unpacked_by_root_is_what_a_restore_gives(String unpack) throws IOException {
    needs(unpack.substring(0, unpack.indexOf(' ')));
    Snapshot snapshot = repository.backup(source).snapshot();
    Path archive = exported(snapshot, ExportFormat.TAR);
    Path unpacked = Files.createDirectory(temp.resolve("unpacked"));
    shell(unpack + " " + archive + " -C " + unpacked);
    Path restored = Files.createDirectory(temp.resolve("restored"));
    Object _ = repository.restore(snapshot).to(restored);
    assertThat(image(unpacked)).isEqualTo(image(restored));
    assertThat(image(restored)).isEqualTo(new TreeMap<>(TreeImage.of(source)));
  }

  @Test
  void python_reads_names_sizes_and_owners() throws IOException {
    needs("python3");
    Path archive = exported(repository.backup(source).snapshot(), ExportFormat.TAR);
    String said =
        shell(
            "python3 -c \"import tarfile; print([(m.size, m.uid, m.gid, oct(m.mode)) for m in"
                + " tarfile.open('"
                + archive
                + "') if m.name.endswith('large')])\"");
    assertThat(said.strip()).isEqualTo("[(5242880, 89, 3000000, '0o4750')]");
  }

  @Test
  void a_compressed_archive_and_a_zip_are_sound_for_their_own_programs() throws IOException {
    needs("zstd");
    needs("python3");
    Path archive = exported(repository.backup(source).snapshot(), ExportFormat.TAR_ZST);
    assertThat(shell("zstd -dc " + archive + " | tar -t | wc -l").strip()).matches("[0-9]{2}");
    Files.delete(source.resolve("fifo"));
    Files.delete(source.resolve("null"));
    try (Directory directory = Directory.open(RawPath.of(source.toString()))) {
      directory.unlink(FileName.of(new byte[] {'c', 'a', 'f', (byte) 0xe9}));
    }
    Path zip = exported(repository.backup(source).snapshot(), ExportFormat.ZIP);
    assertThat(
            shell("python3 -c \"import zipfile; print(zipfile.ZipFile('" + zip + "').testzip())\""))
        .isEqualTo("None\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tar --format=pax --xattrs --xattrs-include='*' --acls --numeric-owner -cf a -C source .",
        "tar --format=pax --sparse --xattrs --xattrs-include='*' --acls -czf a -C source .",
        "tar --sparse-version=0.0 -S --format=pax --xattrs --xattrs-include=* --acls -cf a -C"
            + " source .",
        "tar --sparse-version=0.1 -S --format=pax --xattrs --xattrs-include=* --acls -cf a -C"
            + " source .",
        "tar --format=pax --xattrs --xattrs-include='*' --acls -cJf a -C source .",
        "bsdtar --format=pax -cf a -C source .",
        "bsdtar --format=pax --numeric-owner -cjf a -C source ."
      })
  void an_archive_of_others_imported_and_restored_is_the_same_tree(String pack) throws IOException {
    needs(pack.substring(0, pack.indexOf(' ')));
    needs("xz");
    needs("bzip2");
    shell(pack);
    assertThat(TreeImage.of(restored(imported()))).isEqualTo(TreeImage.of(source));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tar --format=gnu --sparse --numeric-owner -cf a -C source .",
        "cd source; find . -print0 | cpio -0 -o -H newc --quiet > ../a",
        "cd source; find . -print0 | cpio -0 -o -H crc --quiet > ../a",
        "cd source; find . -print0 | bsdtar -cf ../a --format=odc --null -n -T -"
      })
  void a_format_without_attributes_and_nanoseconds_keeps_all_else(String pack) throws IOException {
    needs("cpio");
    needs("bsdtar");
    try (Directory directory = Directory.open(RawPath.of(source.toString()))) {
      FileName large = FileName.of("large");
      directory.removeAttribute(large, "user.bytes".getBytes(UTF_8));
      directory.removeAttribute(large, "system.posix_acl_access".getBytes(UTF_8));
      directory.owner(large, 89, 1000);
      directory.mode(large, 04750);
    }
    shell("find source -depth -exec touch -h -d @1000000000 {} +");
    shell(pack);
    assertThat(TreeImage.of(restored(imported()))).isEqualTo(TreeImage.of(source));
  }

  private Snapshot imported() throws IOException {
    ImportSettings settings =
        new ImportSettings(
            RawPath.ROOT,
            Optional.empty(),
            "old",
            List.of(),
            List.of(),
            1000,
            List.of(),
            "test",
            Parallelism.all(),
            Effort.DEFAULT);
    ImportObserver silent =
        new ImportObserver() {
          @Override
          public void reading(RawPath path) {}

          @Override
          public void done(long bytes) {}
        };
    byte[] bytes = Files.readAllBytes(temp.resolve("a"));
    try (var archive =
        Archives.open(
            new ByteArrayInputStream(bytes), "a", 1L << 30, Members.SILENT, new Accounts())) {
      return new Import(
              repository.repository(),
              repository.state(),
              settings,
              new SkippedMembers(RawPath.ROOT, Members.SILENT),
              silent,
              new Cancellation())
          .run(archive)
          .snapshot();
    }
  }

  private Path restored(Snapshot snapshot) throws IOException {
    Path target = Files.createDirectory(temp.resolve("restored"));
    Object _ = repository.restore(snapshot).to(target);
    return target;
  }
}
