package org.mailkeep.engine.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.mailkeep.model.ByteString;
import org.mailkeep.model.FileName;
import org.mailkeep.model.tree.Attribute;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Metadata;
import org.mailkeep.model.tree.Node;
import org.mailkeep.testkit.property.Draw;
import org.mailkeep.testkit.property.Property;

class TreeDiffTest {

  private final StoredTrees trees = new StoredTrees();

  private List<String> diff(Map<String, String> before, Map<String, String> after) {
    return trees.differences(trees.directory(before), trees.directory(after));
  }

  @Test
  void equal_trees_do_not_differ_and_no_node_is_read() {
    assertThat(diff(Map.of("a/b", "x", "c", "y"), Map.of("a/b", "x", "c", "y"))).isEmpty();
    assertThat(trees.nodesRead()).isZero();
  }

  @Test
  void what_came_went_and_changed_is_told_in_the_order_of_names() {
    assertThat(
            diff(
                Map.of("a", "1", "b/gone", "1", "b/same", "1", "d", "1"),
                Map.of("a", "2", "b/same", "1", "c", "1", "d", "1")))
        .containsExactly("~/a CONTENT", "-/b/gone", "+/c");
  }

  @Test
  void a_directory_that_came_or_went_is_told_before_all_that_is_in_it() {
    assertThat(diff(Map.of("old/x", "1"), Map.of("new/y/z", "1")))
        .containsExactly("+/new", "+/new/y", "+/new/y/z", "-/old", "-/old/x");
  }

  @Test
  void a_directory_that_became_a_link_loses_what_was_in_it() {
    assertThat(diff(Map.of("a/x", "1"), Map.of("a", "target")))
        .containsExactly("~/a TYPE TIME", "-/a/x");
    assertThat(diff(Map.of("a", "target"), Map.of("a/x", "1")))
        .containsExactly("~/a TYPE MODE TIME", "+/a/x");
  }

  @Test
  void a_tree_beside_none_is_all_added_or_all_removed() {
    Entry tree = trees.directory(Map.of("a/b", "x"));
    assertThat(trees.differences(Optional.empty(), Optional.of(tree)))
        .containsExactly("+/", "+/a", "+/a/b");
    assertThat(trees.differences(Optional.of(tree), Optional.empty()))
        .containsExactly("-/", "-/a", "-/a/b");
  }

  @Test
  void each_part_of_the_metadata_is_an_aspect_of_its_own() {
    FileName name = FileName.of("f");
    Body body = new Body.Fifo();
    Entry before = new Entry(name, new Metadata(0644, 1, 2, 3, 4, List.of()), body, 0);
    Attribute attribute = new Attribute(ByteString.of("user.a"), ByteString.of("b"));
    Metadata all = new Metadata(0600, 1, 3, 3, 5, List.of(attribute));
    assertThat(Aspect.between(before, new Entry(name, all, body, 0)))
        .containsExactlyInAnyOrder(Aspect.MODE, Aspect.OWNER, Aspect.TIME, Aspect.ATTRIBUTES);
    assertThat(Aspect.between(before, before)).isEmpty();
  }

  @Test
  void another_number_of_a_hard_link_is_no_difference() {
    Entry link = StoredTrees.link("f", "x");
    Entry numbered = new Entry(link.name(), link.metadata(), link.body(), 77);
    assertThat(
            trees.differences(
                trees.directory("d", List.of(link)), trees.directory("d", List.of(numbered))))
        .isEmpty();
  }

  @Test
  void one_change_among_fifty_thousand_entries_reads_a_node_a_level_on_both_sides() {
    TreeMap<String, String> names = new TreeMap<>();
    for (int i = 0; i < 50_000; i++) {
      names.put("cur/" + (1_700_000_000L + i) + ".M42P7.mx,S=4711:2,S", "m");
    }
    TreeMap<String, String> changed = new TreeMap<>(names);
    changed.remove(changed.pollFirstEntry().getKey());
    changed.remove("cur/1700025000.M42P7.mx,S=4711:2,S");
    changed.put("cur/1700025000.M42P7.mx,S=4711:2,ST", "m");
    assertThat(diff(names, changed))
        .containsExactly(
            "-/cur/1700000000.M42P7.mx,S=4711:2,S",
            "-/cur/1700025000.M42P7.mx,S=4711:2,S",
            "+/cur/1700025000.M42P7.mx,S=4711:2,ST");
    assertThat(trees.nodesRead()).isLessThan(30);
  }

  @Test
  void whatever_the_trees_are_just_what_differs_is_told_once_and_in_order() {
    Property.check(
        300,
        draw -> {
          TreeMap<String, String> before = tree(draw);
          TreeMap<String, String> after = changed(draw, before);
          List<String> expected = new ArrayList<>();
          TreeSet<String> all = new TreeSet<>(before.keySet());
          all.addAll(after.keySet());
          for (String path : all) {
            if (!after.containsKey(path)) {
              expected.add("-/d/" + path);
            } else if (!before.containsKey(path)) {
              expected.add("+/d/" + path);
            } else if (!before.get(path).equals(after.get(path))) {
              expected.add("~/d/" + path + " CONTENT");
            }
          }
          StoredTrees stored = new StoredTrees();
          assertThat(stored.differences(rooted(stored, before), rooted(stored, after)))
              .isEqualTo(expected);
        });
  }

  private static Entry rooted(StoredTrees stored, TreeMap<String, String> names) {
    List<Entry> entries = new ArrayList<>();
    names.forEach((name, text) -> entries.add(StoredTrees.link(name, text)));
    return stored.directory("root", List.of(stored.directory("d", entries)));
  }

  private static TreeMap<String, String> tree(Draw draw) {
    TreeMap<String, String> tree = new TreeMap<>();
    for (int left = draw.length() * 4; left >= 0; left--) {
      tree.put(draw.between(0, 20_000) + ".x", "" + draw.between(0, 3));
    }
    return tree;
  }

  /** Little changed, or nearly everything, or one end cut off. */
  private static TreeMap<String, String> changed(Draw draw, TreeMap<String, String> tree) {
    TreeMap<String, String> changed = new TreeMap<>(tree);
    if (draw.between(0, 4) == 0) {
      String cut = draw.pick(List.copyOf(tree.keySet()));
      changed = new TreeMap<>(draw.flip() ? tree.headMap(cut, false) : tree.tailMap(cut, false));
    }
    for (int left = draw.length(); left > 0; left--) {
      String name = draw.between(0, 20_000) + ".x";
      if (draw.flip()) {
        changed.remove(name);
      } else {
        changed.put(name, "" + draw.between(0, 3));
      }
    }
    return changed;
  }

  @Test
  void a_lost_node_ends_its_directory_and_the_rest_is_still_compared() {
    Entry before = trees.directory(Map.of("a/x", "1", "b", "1"));
    Entry after = trees.directory(Map.of("a/x", "2", "b", "2"));
    Entry a = trees.reader().entries(((Body.Directory) after.body()).root()).iterator().next();
    trees.lose(((Body.Directory) a.body()).root());
    assertThat(trees.differences(before, after)).containsExactly("!/a", "~/b CONTENT");
  }

  @Test
  void a_forged_branch_with_names_out_of_order_is_refused() {
    Entry one = trees.directory(Map.of("b", "1"));
    Entry other = trees.directory(Map.of("a", "1"));
    Node.Branch forged =
        new Node.Branch(
            1,
            List.of(
                new Node.Child(FileName.of("b"), ((Body.Directory) one.body()).root()),
                new Node.Child(FileName.of("a"), ((Body.Directory) other.body()).root())));
    Entry tree = trees.forged(forged);
    assertThat(trees.differences(trees.directory(Map.of("c", "1")), tree)).contains("!/");
  }
}
