package org.mailkeep.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.FileName;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Metadata;
import org.mailkeep.repository.tree.DirectoryNodes;
import org.mailkeep.repository.tree.StoredNode;

/** What the last run saw in a folder, asked for by name. */
class KnownFilesTest {

  /** Leaves of two entries each. */
  private static final class Pairs implements KnownDirectory.Memory {
    private final List<Scanned> entries = new ArrayList<>();
    private int read;
    private int lost = -1;

    Pairs(String... names) {
      Metadata metadata = new Metadata(0600, 0, 0, 0, 0, List.of());
      for (String name : names) {
        Entry entry = new Entry(FileName.of(name), metadata, new Body.Fifo(), 0);
        entries.add(new Scanned(entry, entries.size(), 0, 0));
      }
    }

    @Override
    public List<KnownLeaf> leaves() {
      List<KnownLeaf> leaves = new ArrayList<>();
      for (int i = 0; i < entries.size(); i += 2) {
        FileName first = entries.get(i).entry().name();
        leaves.add(
            new KnownLeaf(
                new StoredNode(0, first, new ChunkId(i, 0, 0), Optional::empty, 2), 0, 1));
      }
      return leaves;
    }

    @Override
    public DirectoryNodes nodes() {
      return DirectoryNodes.NONE;
    }

    @Override
    public Optional<List<Scanned>> entries(KnownLeaf leaf) {
      read++;
      int from = leaves().indexOf(leaf) * 2;
      return from == lost
          ? Optional.empty()
          : Optional.of(entries.subList(from, Math.min(from + 2, entries.size())));
    }
  }

  private static KnownFiles known(KnownDirectory.Memory memory) {
    return new KnownDirectory(Optional.empty(), memory).files();
  }

  private static List<String> namesOf(KnownFiles known, String base, long inode) {
    return known.namesOf(new MessageFile(FileName.of(base), inode)).stream()
        .map(scanned -> scanned.entry().name().text())
        .toList();
  }

  @Test
  void each_name_is_found_and_no_other() {
    String[] names = {"b", "c", "d", "e", "f"};
    KnownFiles known = known(new Pairs(names));
    for (String name : names) {
      assertThat(known.byName(FileName.of(name))).isPresent();
      assertThat(known.byName(FileName.of(name + "x"))).isEmpty();
    }
    assertThat(known.byName(FileName.of("a"))).isEmpty();
    assertThat(known(KnownDirectory.Memory.NONE).byName(FileName.of("a"))).isEmpty();
  }

  @Test
  void a_message_is_found_whatever_flags_it_had() {
    KnownFiles known = known(new Pairs("1.mx", "2.mx!2,S", "3.mx-x", "3.mx:2,F", "4.mx;2,"));
    assertThat(namesOf(known, "1.mx", 0)).containsExactly("1.mx");
    assertThat(namesOf(known, "2.mx", 1)).containsExactly("2.mx!2,S");
    assertThat(namesOf(known, "3.mx", 3)).containsExactly("3.mx:2,F");
    assertThat(namesOf(known, "4.mx", 4)).containsExactly("4.mx;2,");
    assertThat(namesOf(known, "3.m", 3)).isEmpty();
    assertThat(namesOf(known, "5.mx", 4)).isEmpty();
  }

  @Test
  void a_file_of_the_same_name_with_another_inode_is_another_message() {
    KnownFiles known = known(new Pairs("1.mx:2,", "1.mx:2,S", "1.mx:2,T"));
    assertThat(namesOf(known, "1.mx", 1)).containsExactly("1.mx:2,S");
    assertThat(namesOf(known, "1.mx", 9)).isEmpty();
  }

  @Test
  void names_in_order_read_each_leaf_once() {
    Pairs pairs = new Pairs(numbered(100));
    KnownFiles known = known(pairs);
    for (Scanned scanned : pairs.entries) {
      assertThat(known.byName(scanned.entry().name())).contains(scanned);
      assertThat(known.namesOf(new MessageFile(FileName.of("x"), 0))).isEmpty();
    }
    assertThat(pairs.read).isLessThanOrEqualTo(51);
  }

  private static String[] numbered(int count) {
    String[] names = new String[count];
    for (int i = 0; i < count; i++) {
      names[i] = String.format(java.util.Locale.ROOT, "%03d:2,", i);
    }
    return names;
  }

  @Test
  void what_stood_in_a_lost_leaf_is_not_known() {
    Pairs pairs = new Pairs("1.mx", "2.mx", "3.mx", "4.mx");
    pairs.lost = 2;
    KnownFiles known = known(pairs);
    assertThat(known.byName(FileName.of("3.mx"))).isEmpty();
    assertThat(namesOf(known, "4.mx", 3)).isEmpty();
    assertThat(namesOf(known, "2.mx", 1)).containsExactly("2.mx");
  }
}
