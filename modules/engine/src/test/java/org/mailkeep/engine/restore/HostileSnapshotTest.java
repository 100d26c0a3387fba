package org.mailkeep.engine.restore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailkeep.crypto.SealingSession;
import org.mailkeep.engine.RestoreRun;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.engine.verify.CheckReport;
import org.mailkeep.model.ByteString;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.account.AccountFacts;
import org.mailkeep.model.content.ChunkRef;
import org.mailkeep.model.content.Recipe;
import org.mailkeep.model.content.Segment;
import org.mailkeep.model.error.MailkeepException;
import org.mailkeep.model.snapshot.Manifest;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Metadata;
import org.mailkeep.model.tree.Node;
import org.mailkeep.model.tree.NodeCodec;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.repository.index.LocalIndex;
import org.mailkeep.repository.pack.ChunkWriter;
import org.mailkeep.repository.snapshot.Snapshot;

/** Whoever has the keys of a mail host can write snapshots; they must not break out of a target. */
@Timeout(60)
class HostileSnapshotTest {

  private static final Metadata PLAIN = new Metadata(0644, 0, 0, 1, 0, List.of());

  @TempDir Path temp;
  private Path target;
  private Path outside;
  private TestRepository repository;
  private LocalIndex index;
  private SealingSession session;
  private ChunkWriter writer;

  @BeforeEach
  void create() throws IOException {
    target = Files.createDirectories(temp.resolve("deep/er/target"));
    outside = Files.createDirectory(temp.resolve("outside"));
    repository = new TestRepository(Files.createDirectory(temp.resolve("work")));
    index = repository.repository().index(repository.state());
    session = repository.repository().keys().startSealing();
    writer = repository.repository().writer(index, session, 1, 1);
  }

  @AfterEach
  void close() {
    writer.close();
    repository.close();
  }

  private ChunkId store(byte[] bytes) {
    ChunkId id = repository.repository().keys().hasher().id(bytes, 0, bytes.length);
    writer.add(id, BlockKind.NODE, bytes, 0, bytes.length);
    return id;
  }

  private ChunkId leaf(Entry... entries) {
    return store(NodeCodec.encode(new Node.Leaf(List.of(entries))));
  }

  private static Entry entry(String name, Body body, long group) {
    return new Entry(FileName.of(name), PLAIN, body, group);
  }

  private Entry file(String name, String content, long group) {
    byte[] bytes = content.getBytes(UTF_8);
    ChunkRef chunk = new ChunkRef(store(bytes), bytes.length);
    Recipe recipe = new Recipe.Direct(List.of(new Segment.Literal(chunk)));
    return entry(name, new Body.RegularFile(bytes.length, recipe), group);
  }

  private Entry link(String name, String to, long group) {
    return entry(name, new Body.SymbolicLink(ByteString.of(to.getBytes(UTF_8))), group);
  }

  private static Entry folder(String name, ChunkId root) {
    return entry(name, new Body.Directory(root, 1, 1, false), 0);
  }

  private Snapshot snapshot(ChunkId root) {
    writer.flush();
    repository.repository().sync(index).publish();
    Manifest manifest =
        new Manifest(
            Instant.now(),
            Instant.now(),
            "host",
            List.of(RawPath.ROOT),
            List.of(),
            List.of(),
            folder(Manifest.ROOT_NAME, root),
            Optional.empty(),
            Map.of(0, "root"),
            Map.of(0, "root"),
            AccountFacts.NONE,
            List.of(),
            new Manifest.Unreadable(0, List.of()),
            new Manifest.Counts(0, 0, 0, 0, 0),
            List.of(),
            "hostile");
    return repository.repository().snapshots().save(manifest, session);
  }

  /** Restores in every way; whatever comes of it, nothing outside is written. */
  private List<String> restore(Snapshot snapshot) throws IOException {
    List<String> problems = new ArrayList<>();
    List<RestoreRun> ways =
        List.of(
            repository.restore(snapshot).replace(),
            repository.restore(snapshot).replace(),
            repository.restore(snapshot).ifChanged().delete().verify());
    for (RestoreRun restore : ways) {
      try {
        Object _ = restore.dryRunTo(target);
        Object _ = restore.to(target);
      } catch (MailkeepException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
      problems.addAll(restore.problems());
    }
    assertThat(outside).isEmptyDirectory();
    try (var around = Files.walk(temp.resolve("deep"), 2)) {
      assertThat(around.map(path -> temp.relativize(path).toString()))
          .containsExactlyInAnyOrder("deep", "deep/er", "deep/er/target");
    }
    return problems;
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", ".", "", "a/b", "/abs", "../x", "nul\0"})
  void a_name_that_is_no_name_cannot_be_made_an_entry_of(String name) {
    assertThatThrownBy(() -> entry(name, new Body.Fifo(), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../a", "/abs", "a/b/", "x/../", "nul\0x"})
  void a_name_that_is_no_name_in_a_node_of_another_program_is_damage(String name)
      throws IOException {
    String honest = "honest-name".substring(0, name.length());
    byte[] node = NodeCodec.encode(new Node.Leaf(List.of(file(honest, "x", 0))));
    byte[] wanted = name.getBytes(UTF_8);
    int at = indexOf(node, honest.getBytes(UTF_8));
    System.arraycopy(wanted, 0, node, at, wanted.length);
    List<String> problems = restore(snapshot(store(node)));
    assertThat(problems).isNotEmpty().allMatch(problem -> problem.contains("name"));
    assertThat(target).isEmptyDirectory();
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    for (int i = 0; ; i++) {
      if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
  }

  @Test
  void a_link_and_a_folder_of_one_name_do_not_lead_outside() throws IOException {
    ChunkId below = leaf(file("evil", "x", 0));
    ChunkId first = leaf(link("a", outside.toString(), 0));
    ChunkId second = leaf(folder("a", below));
    FileName name = FileName.of("a");
    ChunkId root =
        store(
            NodeCodec.encode(
                new Node.Branch(
                    1,
                    List.of(
                        new Node.Child(name, first), new Node.Child(FileName.of("b"), second)))));
    List<String> problems = restore(snapshot(root));
    assertThat(problems).isNotEmpty();
  }

  @Test
  void a_link_in_an_earlier_window_than_the_folder_of_its_name_is_not_followed()
      throws IOException {
    ChunkId below = leaf(file("evil", "x", 0));
    List<Node.Child> children = new ArrayList<>();
    children.add(new Node.Child(FileName.of("a"), leaf(link("a", outside.toString(), 0))));
    for (int i = 0; i < 600; i++) {
      String name = "d%03d".formatted(i);
      children.add(new Node.Child(FileName.of(name), leaf(folder(name, leaf()))));
    }
    children.add(new Node.Child(FileName.of("e"), leaf(folder("a", below))));
    List<String> problems =
        restore(snapshot(store(NodeCodec.encode(new Node.Branch(1, children)))));
    assertThat(problems).isNotEmpty();
    assertThat(target.resolve("d599")).isDirectory();
  }

  @Test
  void a_hard_link_group_of_a_link_and_a_file_does_not_lead_outside() throws IOException {
    Path victim = Files.writeString(temp.resolve("victim"), "untouched");
    Object before = Files.readAttributes(victim, "unix:mode,uid,lastModifiedTime,nlink");
    ChunkId root = leaf(link("a", victim.toString(), 7), file("b", "evil", 7), link("c", "x", 7));
    Object _ = restore(snapshot(root));
    assertThat(victim).hasContent("untouched");
    assertThat(Files.readAttributes(victim, "unix:mode,uid,lastModifiedTime,nlink"))
        .isEqualTo(before);
  }

  @Test
  void a_folder_that_contains_itself_ends_in_an_error() throws IOException {
    // No keyed hash of a node can be known before the node: the nearest thing is a branch.
    ChunkId leaf = leaf(file("x", "x", 0));
    ChunkId branch = leaf;
    for (int level = 1; level <= Node.Branch.MAX_LEVEL; level++) {
      branch =
          store(
              NodeCodec.encode(
                  new Node.Branch(level, List.of(new Node.Child(FileName.of("x"), branch)))));
    }
    assertThat(restore(snapshot(branch))).isEmpty();
    assertThat(target.resolve("x")).hasContent("x");
  }

  @Test
  void a_recipe_that_gives_another_length_than_the_entry_says_is_told() throws IOException {
    Recipe recipe =
        new Recipe.Direct(
            List.of(new Segment.Hole(Long.MAX_VALUE), new Segment.Hole(Long.MAX_VALUE)));
    Recipe lying = new Recipe.Direct(List.of(new Segment.Hole(10)));
    ChunkId root =
        leaf(
            entry("a", new Body.RegularFile(5, recipe), 0),
            entry("b", new Body.RegularFile(5, lying), 0),
            file("c", "c", 0));
    List<String> problems = restore(snapshot(root));
    assertThat(problems).anyMatch(p -> p.startsWith("/a")).anyMatch(p -> p.startsWith("/b"));
    try (var files = Files.list(target)) {
      assertThat(files.map(path -> target.relativize(path).toString())).containsExactly("c");
    }
    CheckReport report = repository.check(true);
    assertThat(report.lost()).extracting(lost -> lost.path().toString()).contains("/a", "/b");
  }
}
