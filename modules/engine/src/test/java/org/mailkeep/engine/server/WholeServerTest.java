package org.mailkeep.engine.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.engine.RestoreRun;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.engine.account.FakeHost;
import org.mailkeep.engine.account.Manifests;
import org.mailkeep.engine.account.OwnershipRequest;
import org.mailkeep.engine.queue.QueueCheck;
import org.mailkeep.engine.queue.QueueFinding;
import org.mailkeep.engine.queue.QueueInit;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.model.snapshot.Manifest;
import org.mailkeep.repository.index.BlockLocation;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.pack.PackTable;
import org.mailkeep.repository.snapshot.Snapshot;

/** A whole mail server is lost and comes back, compared with a table of what belongs where. */
class WholeServerTest {

  @TempDir private Path folder;
  private Path server;
  private TestRepository repository;
  private Snapshot snapshot;
  private final ServerTable table = ServerTable.read();

  @BeforeEach
  void a_server_is_backed_up_and_lost() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root for owners");
    server = Files.createDirectory(folder.resolve("server"));
    table.make(server);
    repository = new TestRepository(Files.createDirectory(folder.resolve("work")));
    List<Path> roots = new ArrayList<>();
    for (String name : List.of("var", "service", "etc", "home")) {
      roots.add(server.resolve(name));
    }
    Snapshot made = repository.backup(roots.toArray(Path[]::new)).snapshot();
    assertThat(made.manifest().isIncomplete()).isFalse();
    snapshot =
        new Snapshot(
            made.id(),
            Manifests.elsewhere(
                made.manifest(),
                byNumber(ServerTable.users()),
                byNumber(ServerTable.groups()),
                host(89).facts()));
    assertThat(new ProcessBuilder("rm", "-rf", server.toString()).start().waitFor()).isZero();
  }

  @AfterEach
  void close() {
    if (repository != null) {
      repository.close();
    }
  }

  private static Map<Integer, String> byNumber(Map<String, Integer> numbers) {
    return numbers.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
  }

  /** A host with the server's accounts, but this number for vpopmail's. */
  private static FakeHost host(int vpopmail) {
    FakeHost host = new FakeHost();
    ServerTable.groups().entrySet().stream()
        .filter(group -> group.getValue() != 0)
        .forEach(
            group ->
                host.group(group.getKey(), group.getValue() == 89 ? vpopmail : group.getValue()));
    ServerTable.users().entrySet().stream()
        .filter(user -> user.getValue() != 0)
        .forEach(
            user -> host.user(user.getKey(), user.getValue() == 89 ? vpopmail : user.getValue()));
    return host;
  }

  private RestoreRun restore(FakeHost host) {
    return repository.restore(snapshot).on(host);
  }

  private Map<String, String> restored(Path target) throws IOException {
    return ServerTable.found(target.resolve(server.toString().substring(1)));
  }

  @Test
  void every_file_comes_back_as_the_table_has_it_and_nothing_else_does() throws IOException {
    Path target = folder.resolve("target");
    RestoreRun restore = restore(host(89)).verify();
    assertThat(restore.to(target).problems()).as("%s", restore.problems()).isZero();
    assertThat(restored(target)).containsExactlyEntriesOf(table.expected());
  }

  @Test
  void the_queue_is_made_anew_and_nothing_of_the_old_one_is_anywhere() throws IOException {
    Path target = folder.resolve("target");
    var _ = restore(host(89)).to(target);
    RawPath queue = RawPath.of(target + server.toString() + "/var/qmail/queue");
    assertThat(new QueueInit(23, false, host(89)).make(queue)).isPositive();
    List<QueueFinding> findings = new ArrayList<>();
    assertThat(QueueCheck.check(queue, host(89), findings::add).messages()).isZero();
    assertThat(findings).isEmpty();

    // The search finds what is there: a message that was kept.
    assertThat(blocksWith(ServerTable.KEPT)).isPositive();
    assertThat(filesWith(target, ServerTable.KEPT)).hasSize(1);
    assertThat(blocksWith(ServerTable.CANARY)).isZero();
    assertThat(filesWith(folder, ServerTable.CANARY)).isEmpty();
    repository.close();
    assertThat(filesWith(folder.resolve("work"), ServerTable.CANARY)).isEmpty();
  }

  /** In how many blocks of the repository, opened, this word stands. */
  private long blocksWith(String word) {
    long found = 0;
    try (ChunkReader reader = repository.reader()) {
      for (var segment : repository.repository().segments().list()) {
        for (PackTable pack : repository.repository().segments().read(segment)) {
          for (BlockLocation block : pack.locations()) {
            found += new String(reader.block(block), ISO_8859_1).contains(word) ? 1 : 0;
          }
        }
      }
    }
    return found;
  }

  private static List<Path> filesWith(Path root, String word) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (new String(Files.readAllBytes(file), ISO_8859_1).contains(word)) {
          found.add(file);
        }
      }
    }
    return found;
  }

  @Test
  void where_vpopmail_has_another_number_the_restore_is_refused_or_translates() throws IOException {
    Path target = folder.resolve("target");
    assertThatThrownBy(() -> restore(host(1089)).to(target))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("vpopmail");
    assertThat(target).doesNotExist();

    OwnershipRequest byName = new OwnershipRequest(true, false, Map.of(), Map.of(), List.of());
    var _ = restore(host(1089)).owners(byName).to(target);
    assertThat(restored(target)).containsExactlyEntriesOf(translated());

    Path mapped = folder.resolve("mapped");
    OwnershipRequest byMap =
        new OwnershipRequest(false, false, Map.of(89, 1089), Map.of(89, 1089), List.of());
    var _ = restore(host(1089)).owners(byMap).to(mapped);
    assertThat(restored(mapped)).containsExactlyEntriesOf(translated());
  }

  /** The table, as it is where vpopmail is 1089: owners, and the numbers in users/assign. */
  private Map<String, String> translated() {
    Map<String, String> translated = new TreeMap<>();
    table
        .expected()
        .forEach(
            (path, is) ->
                translated.put(
                    path,
                    is.replace(" 89:89 ", " 1089:1089 ")
                        .replace("com:89:89:/home", "com:1089:1089:/home")));
    return translated;
  }

  @Test
  void what_was_left_out_is_told_in_the_manifest_with_reasons() {
    assertThat(snapshot.manifest().leftOut())
        .extracting(Manifest.LeftOut::reason)
        .anyMatch(reason -> reason.contains("queue"))
        .anyMatch(reason -> reason.contains("supervise"));
  }
}
