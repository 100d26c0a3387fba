package org.mailkeep.repository.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mailkeep.model.ByteString;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.FileName;
import org.mailkeep.model.content.ChunkRef;
import org.mailkeep.model.content.Recipe;
import org.mailkeep.model.content.Segment;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.tree.Attribute;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Metadata;
import org.mailkeep.model.tree.NodeBoundary;
import org.mailkeep.repository.Chunk;
import org.mailkeep.repository.TestRepository;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.testkit.property.Draw;
import org.mailkeep.testkit.property.Property;

final class TreeTest {

  private static final Metadata PLAIN = new Metadata(0600, 89, 89, 0, 0, List.of());

  private final MemorySink sink = new MemorySink();
  private final TreeWriter writer = new TreeWriter(TestRepository.KEYS.hasher(), sink);
  private final TreeReader reader = new TreeReader(sink);

  @Test
  void any_directory_comes_back_in_order_and_finds_its_entries_and_no_others() {
    Property.check(
        25,
        draw -> {
          List<Entry> entries =
              draw.flip()
                  ? new Entries(draw.random().nextLong()).deliver(draw.length(5000)).list()
                  : withAnyNames(draw);
          ChunkId root = writer.write(entries, DirectoryNodes.NONE).root();
          assertThat(list(root)).isEqualTo(entries);
          Set<FileName> names = new HashSet<>();
          entries.forEach(entry -> names.add(entry.name()));
          for (Entry entry : sample(entries)) {
            assertThat(reader.find(root, entry.name())).hasValue(entry);
            for (FileName near : neighbours(entry.name())) {
              assertThat(reader.find(root, near).isPresent()).isEqualTo(names.contains(near));
            }
          }
          for (String absent : List.of("\1", "zzz", "\udcff\udcff\udcff")) {
            FileName name = FileName.of(absent);
            assertThat(reader.find(root, name).isPresent()).isEqualTo(names.contains(name));
          }
        });
  }

  private List<Entry> list(ChunkId root) {
    List<Entry> read = new ArrayList<>();
    reader.entries(root).forEach(read::add);
    return read;
  }

  private static List<Entry> withAnyNames(Draw draw) {
    Entries entries = new Entries(0);
    for (int left = draw.length(3000); left > 0; left--) {
      FileName name = FileName.of(draw.bytes(1 + draw.length(254)));
      if (name.isComponent()) {
        entries.put(new Entry(name, PLAIN, new Body.Fifo(), 0));
      }
    }
    return entries.list();
  }

  private static List<Entry> sample(List<Entry> entries) {
    List<Entry> some = new ArrayList<>();
    for (int i = 0; i < entries.size(); i += 1 + entries.size() / 40) {
      some.add(entries.get(i));
    }
    return some;
  }

  private static List<FileName> neighbours(FileName name) {
    byte[] longer = new byte[name.length() + 1];
    name.copyTo(longer, 0);
    longer[name.length()] = 1;
    byte[] next = name.bytes();
    next[next.length - 1]++;
    return List.of(
        FileName.of(longer), FileName.of(next), FileName.of(name.bytes(), 0, name.length() - 1));
  }

  @Test
  void an_empty_directory_has_a_root_and_no_entries() {
    ChunkId root = writer.write(List.of(), DirectoryNodes.NONE).root();
    assertThat(list(root)).isEmpty();
    assertThat(reader.find(root, FileName.of("a"))).isEmpty();
    var none = reader.entries(root).iterator();
    assertThatThrownBy(none::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void equal_directories_have_equal_roots_whatever_their_history() {
    Property.check(
        10,
        draw -> {
          Entries folder = new Entries(draw.random().nextLong()).deliver(draw.length(2000));
          DirectoryNodes nodes = DirectoryNodes.NONE;
          for (int run = draw.between(1, 5); run > 0; run--) {
            nodes = writer.write(folder.list(), nodes);
            folder.deliver(draw.length(50)).rename(draw.length(20)).delete(draw.length(400));
          }
          DirectoryNodes after = writer.write(folder.list(), nodes);
          DirectoryNodes fresh = writer.write(folder.list(), DirectoryNodes.NONE);
          assertThat(ids(after)).isEqualTo(ids(fresh));
          assertThat(after.root()).isEqualTo(fresh.root());
        });
  }

  @Test
  void leaves_that_stay_make_the_same_nodes_as_all_entries_anew() {
    Property.check(
        40,
        draw -> {
          Entries folder = new Entries(draw.random().nextLong()).deliver(draw.length(3000));
          List<Entry> old = folder.list();
          DirectoryNodes before = writer.write(old, DirectoryNodes.NONE);
          folder.rename(draw.length(5)).delete(draw.length(draw.flip() ? 300 : 4));
          folder.deliver(draw.length(60));
          List<Entry> now = folder.list();
          DirectoryNodes after = writeChanged(before, old, now);
          assertThat(ids(after)).isEqualTo(ids(writer.write(now, DirectoryNodes.NONE)));
        });
  }

  /** Keeps the leaves that have not changed, and adds the entries of each that has. */
  private DirectoryNodes writeChanged(DirectoryNodes before, List<Entry> old, List<Entry> now) {
    DirectoryWriter directory = writer.begin(before, NodeListener.HOLDING);
    List<StoredNode> leaves =
        before.nodes().stream().filter(node -> node.level() == 0 && node.entries() > 0).toList();
    if (leaves.isEmpty()) {
      now.forEach(directory::add);
    }
    for (int i = 0; i < leaves.size(); i++) {
      FileName from = i == 0 ? FileName.of("") : leaves.get(i).first();
      FileName to = i + 1 < leaves.size() ? leaves.get(i + 1).first() : FileName.of("\udcff");
      List<Entry> here = between(now, from, to);
      if (!here.equals(between(old, from, to)) || !directory.keep(leaves.get(i))) {
        here.forEach(directory::add);
      }
    }
    return directory.end();
  }

  private static List<Entry> between(List<Entry> entries, FileName from, FileName to) {
    return entries.stream()
        .filter(entry -> entry.name().compareTo(from) >= 0 && entry.name().compareTo(to) < 0)
        .toList();
  }

  private static List<ChunkId> ids(DirectoryNodes nodes) {
    return nodes.nodes().stream().map(StoredNode::id).toList();
  }

  @Test
  void one_change_in_a_large_directory_rewrites_few_nodes() {
    Entries folder = new Entries(4).deliver(20_000);
    DirectoryNodes nodes = writer.write(folder.list(), DirectoryNodes.NONE);
    assertThat(nodes.nodes().size()).isBetween(80, 400);
    int most = 0;
    int all = 0;
    for (int i = 0; i < 40; i++) {
      int before = sink.nodes();
      nodes = writer.write(folder.rename(1).list(), nodes);
      most = Math.max(most, sink.nodes() - before);
      all += sink.nodes() - before;
    }
    assertThat(most).isLessThanOrEqualTo(12);
    assertThat(all).isLessThan(40 * 5);
  }

  @Test
  void a_node_stays_near_its_bounds_whatever_its_entries_hold() {
    Entries folder = new Entries(5);
    List<Attribute> attributes =
        List.of(new Attribute(ByteString.of("user.x"), ByteString.of(new byte[10_000])));
    Recipe recipe =
        new Recipe.Direct(
            Collections.nCopies(256, new Segment.Literal(new ChunkRef(new ChunkId(1, 2, 3), 9))));
    Body link = new Body.SymbolicLink(ByteString.of(new byte[4000]));
    for (int i = 0; i < 600; i++) {
      Metadata many = new Metadata(0, 0, 0, 0, 0, i % 3 == 0 ? attributes : List.of());
      Body body = i % 3 == 1 ? link : new Body.RegularFile(9, recipe);
      folder.put(new Entry(FileName.of("x".repeat(200) + i), many, body, 0));
    }
    ChunkId root = writer.write(folder.list(), DirectoryNodes.NONE).root();
    assertThat(sink.longest()).isLessThan(NodeBoundary.MAX_BYTES + (20 << 10));
    assertThat(list(root)).isEqualTo(folder.list());
  }

  @Test
  void a_chunk_that_is_no_node_is_damage_that_names_it() {
    Chunk chunk = Chunk.of(BlockKind.TEXT, "no node");
    chunk.addTo(sink);
    assertThatThrownBy(() -> reader.node(chunk.id()))
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining(chunk.id().toString());
    assertThatThrownBy(() -> reader.find(chunk.id(), FileName.of("a")))
        .isInstanceOf(DamagedException.class);
  }
}
