package org.mailkeep.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Metadata;
import org.mailkeep.repository.tree.DirectoryNodes;
import org.mailkeep.repository.tree.StoredNode;

/** A directory of three leaves, b to c, d to e and f to g, of which some are as they were. */
class DirectoryContentTest {

  private static final RawPath PATH = RawPath.of("/mail/cur");

  private final List<String> decoded = new ArrayList<>();
  private final TreeMap<FileName, Scanned> added = new TreeMap<>();

  private static Scanned file(String name, int mode) {
    Metadata metadata = new Metadata(mode, 0, 0, 0, 0, List.of());
    return new Scanned(new Entry(FileName.of(name), metadata, new Body.Fifo(), 0), 1, 2, 3);
  }

  private final class ThreeLeaves implements KnownDirectory.Memory {
    private final boolean lost;

    ThreeLeaves(boolean lost) {
      this.lost = lost;
    }

    @Override
    public List<KnownLeaf> leaves() {
      return List.of(leaf("b"), leaf("d"), leaf("f"));
    }

    private static KnownLeaf leaf(String first) {
      FileName name = FileName.of(first);
      ChunkId id = new ChunkId(name.at(0), 0, 0);
      return new KnownLeaf(new StoredNode(0, name, id, Optional::empty, 2), 0, 7);
    }

    @Override
    public DirectoryNodes nodes() {
      return DirectoryNodes.NONE;
    }

    @Override
    public Optional<List<Scanned>> entries(KnownLeaf leaf) {
      String first = leaf.node().first().text();
      decoded.add(first);
      String second = String.valueOf((char) (first.charAt(0) + 1));
      return lost ? Optional.empty() : Optional.of(List.of(file(first, 0), file(second, 0)));
    }
  }

  private void add(String name) {
    added.put(FileName.of(name), file(name, 1));
  }

  /** The parts: names, those that were added in capitals, or a leaf's first name in brackets. */
  private String content(Set<Integer> same, Set<String> dropped, boolean lost) {
    BitSet places = new BitSet();
    same.forEach(places::set);
    KnownDirectory known = new KnownDirectory(Optional.empty(), new ThreeLeaves(lost));
    Set<FileName> names = Set.copyOf(dropped.stream().map(FileName::of).toList());
    StringBuilder text = new StringBuilder();
    new DirectoryContent(PATH, known, places, added.values(), names)
        .forEach(
            part ->
                text.append(
                    switch (part) {
                      case DirectoryContent.Part.Kept(KnownLeaf leaf) ->
                          "[" + leaf.node().first() + "]";
                      case DirectoryContent.Part.Added(Scanned scanned) -> letter(scanned);
                    }));
    return text.toString();
  }

  private static String letter(Scanned scanned) {
    String name = scanned.entry().name().text();
    return scanned.entry().metadata().mode() == 0 ? name : name.toUpperCase(java.util.Locale.ROOT);
  }

  @Test
  void leaves_that_stay_stand_between_what_was_added() {
    add("a");
    add("c");
    add("h");
    assertThat(content(Set.of(1), Set.of(), false)).isEqualTo("AC[d]H");
    assertThat(decoded).isEmpty();
    assertThat(content(Set.of(1, 2), Set.of(), false)).isEqualTo("AC[d]fgH");
    assertThat(decoded).containsExactly("f");
  }

  @Test
  void what_became_of_a_file_elsewhere_is_put_among_those_that_stayed_or_replaces_one() {
    add("dd");
    add("e");
    assertThat(content(Set.of(0, 1, 2), Set.of(), false)).isEqualTo("[b]dDDE[f]");
  }

  @Test
  void a_dropped_name_is_not_there() {
    assertThat(content(Set.of(0, 1, 2), Set.of("e"), false)).isEqualTo("[b]d[f]");
    add("e");
    assertThat(content(Set.of(0, 1, 2), Set.of("e"), false)).isEqualTo("[b]d[f]");
    assertThat(content(Set.of(), Set.of("e"), false)).isEmpty();
  }

  @Test
  void a_lost_leaf_is_damage_only_where_it_is_needed() {
    assertThat(content(Set.of(0, 1, 2), Set.of(), true)).isEqualTo("[b][d][f]");
    add("dd");
    assertThatThrownBy(() -> content(Set.of(1), Set.of(), true))
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining("/mail/cur");
  }
}
