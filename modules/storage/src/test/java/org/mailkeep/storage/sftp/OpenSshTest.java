package org.mailkeep.storage.sftp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.model.error.KeyException;
import org.mailkeep.model.error.NotFoundException;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.storage.HardTimes;
import org.mailkeep.storage.ObjectContent;
import org.mailkeep.storage.ObjectFolder;
import org.mailkeep.storage.ObjectName;
import org.mailkeep.storage.Storage;

/** What OpenSSH's own server makes of it. */
class OpenSshTest {

  private static final ObjectName NAME = ObjectName.of("packs/4f/4f21");
  private static final ObjectContent HELLO = ObjectContent.of("hello".getBytes(UTF_8));

  /** The requests that an append-only account is denied, as the README has them. */
  private static final String APPEND_ONLY =
      "Subsystem sftp internal-sftp -P"
          + " remove,rmdir,rename,posix-rename,setstat,fsetstat,lsetstat,symlink";

  @TempDir private Path folder;
  private OpenSshServer server;
  private Path root;

  @BeforeEach
  void start() throws Exception {
    Assumptions.assumeTrue(OpenSshServer.isInstalled(), "openssh-server is not installed");
    server = OpenSshServer.start(folder);
    root = folder.resolve("store");
  }

  @AfterEach
  void stop() throws Exception {
    if (server != null) {
      server.kill();
    }
  }

  private SftpFolder place() {
    return SftpFolder.parse(server.location(root));
  }

  private Storage create() {
    return SftpStorage.create(place(), server.settings());
  }

  private Storage open(SftpSettings settings) {
    return SftpStorage.open(place(), settings, HardTimes.patience(), Duration.ofSeconds(20));
  }

  private List<String> files() throws IOException {
    try (var paths = Files.walk(root)) {
      return paths.filter(Files::isRegularFile).map(p -> root.relativize(p).toString()).toList();
    }
  }

  @Test
  void an_object_is_a_file_that_only_its_owner_reads() throws IOException {
    try (Storage storage = create()) {
      storage.put(NAME, HELLO);
    }
    assertThat(root.resolve("packs/4f/4f21")).hasContent("hello");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(root.resolve("packs/4f/4f21"))))
        .isEqualTo("r--------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)))
        .isEqualTo("rwx------");
    assertThat(files()).containsExactly("packs/4f/4f21");
  }

  @Test
  void a_folder_must_be_there_to_open_and_empty_to_create() throws IOException {
    assertThatThrownBy(() -> open(server.settings()))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining(place().toString());
    create().close();
    create().close();
    Files.createFile(root.resolve("something"));
    assertThatThrownBy(this::create).isInstanceOf(RefusedException.class);
  }

  @Test
  void tidying_removes_temporary_files_older_than_a_day() throws IOException {
    try (Storage storage = create()) {
      storage.put(NAME, HELLO);
      Path old = Files.createFile(root.resolve("packs/4f/.tmp-01"));
      Path fresh = Files.createFile(root.resolve("packs/4f/.tmp-02"));
      Files.setLastModifiedTime(
          old, FileTime.from(Instant.now().minus(Storage.LEFTOVER_AGE).minusSeconds(60)));
      storage.tidy();
      assertThat(old).doesNotExist();
      assertThat(fresh).exists();
      assertThat(storage.size(NAME)).hasValue(5);
    }
  }

  @Test
  void a_lost_connection_is_made_anew() throws Exception {
    create().close();
    try (Storage storage = open(server.settings())) {
      storage.put(NAME, HELLO);
      server.cutConnections();
      assertThat(storage.get(NAME)).asString().isEqualTo("hello");
      server.kill();
      Thread starter =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      server.run();
                    } catch (Exception e) {
                      throw new IllegalStateException(e);
                    }
                  });
      assertThat(storage.size(NAME)).hasValue(5);
      starter.join();
    }
  }

  @Test
  void an_append_only_account_can_add_and_nothing_else() throws Exception {
    server.kill();
    folder = Files.createDirectory(folder.resolve("append-only"));
    server = OpenSshServer.start(folder, APPEND_ONLY);
    root = folder.resolve("store");
    try (Storage storage = create()) {
      storage.put(NAME, HELLO);
      assertThatThrownBy(() -> storage.put(NAME, HELLO)).isInstanceOf(RefusedException.class);
      assertThat(storage.get(NAME)).asString().isEqualTo("hello");
      List<ObjectName> names = new ArrayList<>();
      storage.list(ObjectFolder.ROOT, object -> names.add(object.name()));
      assertThat(names).containsExactly(NAME);
      assertThatThrownBy(() -> storage.delete(NAME))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("Permission denied");
      assertThat(root.resolve("packs/4f/4f21")).hasContent("hello");
    }
    String attack =
        "put /dev/null "
            + root
            + "/packs/4f/4f21\nrename "
            + root
            + "/packs/4f/4f21 "
            + root
            + "/x\n"
            + "chmod 600 "
            + root
            + "/packs/4f/4f21\nrm "
            + root
            + "/packs/4f/4f21\n";
    for (String line : attack.split("\n", -1)) {
      Process sftp = sftp(line);
      sftp.waitFor();
    }
    assertThat(root.resolve("packs/4f/4f21")).hasContent("hello");
  }

  private Process sftp(String line) throws IOException {
    Path batch = Files.writeString(folder.resolve("batch"), line + "\n");
    return new ProcessBuilder(
            "sftp",
            "-q",
            "-b",
            batch.toString(),
            "-P",
            Integer.toString(server.port()),
            "-o",
            "UserKnownHostsFile=" + server.knownHosts(),
            "-i",
            server.file("id").toString(),
            System.getProperty("user.name") + "@127.0.0.1")
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  @Test
  void keys_of_all_usual_types_open_with_their_passphrase() throws Exception {
    create().close();
    for (String type : List.of("ed25519", "ecdsa", "rsa")) {
      Path key = server.makeKey("locked_" + type, type, "correct horse");
      authorize("locked_" + type);
      open(with(key, Optional.of("correct horse"))).close();
      for (Optional<String> wrong : List.of(Optional.of("battery"), Optional.<String>empty())) {
        assertThatThrownBy(() -> open(with(key, wrong)))
            .isInstanceOf(KeyException.class)
            .hasMessageContaining("passphrase is missing or wrong")
            .hasMessageNotContaining("battery");
      }
    }
  }

  private SftpSettings with(Path key, Optional<String> passphrase) {
    return new SftpSettings(
        List.of(server.knownHosts()), List.of(key), true, () -> passphrase, Optional.empty());
  }

  private void authorize(String key) throws IOException {
    Path list = server.file("authorized_keys");
    Files.writeString(list, Files.readString(list) + Files.readString(server.file(key + ".pub")));
  }

  @Test
  void a_key_that_the_server_does_not_know_is_told_so() throws Exception {
    create().close();
    Path stranger = server.makeKey("stranger", "ed25519", "");
    assertThatThrownBy(() -> open(server.settings(stranger)))
        .isInstanceOfSatisfying(StorageException.class, e -> assertThat(e.isLasting()).isTrue())
        .hasMessageContaining("does not let this user in");
    assertThatThrownBy(() -> open(server.settings(folder.resolve("missing"))))
        .isInstanceOf(KeyException.class);
    assertThatThrownBy(() -> open(server.settings(server.knownHosts())))
        .isInstanceOf(KeyException.class);
  }

  @Test
  void an_agent_signs_with_its_keys() throws Exception {
    create().close();
    Path socket = folder.resolve("agent");
    Process agent =
        new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      for (int i = 0; i < 100 && !Files.exists(socket); i++) {
        Thread.sleep(20);
      }
      SftpSettings settings =
          new SftpSettings(
              List.of(server.knownHosts()), List.of(), false, Optional::empty, Optional.of(socket));
      assertThatThrownBy(() -> open(settings)).hasMessageContaining("does not let this user in");
      ProcessBuilder add = new ProcessBuilder("ssh-add", "-q", server.file("id").toString());
      add.environment().put("SSH_AUTH_SOCK", socket.toString());
      assertThat(add.start().waitFor()).isZero();
      open(settings).close();
    } finally {
      agent.destroy();
    }
  }
}
