package org.mailkeep.repository.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.repository.TestRepository;
import org.mailkeep.repository.block.BlockInfo;
import org.mailkeep.repository.block.Codec;
import org.mailkeep.repository.index.IndexSync;
import org.mailkeep.repository.object.ObjectKind;
import org.mailkeep.repository.object.ObjectNames;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.pack.ChunkWriter;
import org.mailkeep.repository.pack.PackTable;
import org.mailkeep.storage.MemoryStorage;

final class DeltaNodesTest {

  @TempDir private Path folder;
  private final MemoryStorage storage = new MemoryStorage();

  @Test
  void twenty_renames_in_ten_thousand_entries_store_less_than_64_kilobytes() {
    try (TestRepository test = TestRepository.create(storage, folder)) {
      Entries mails = new Entries(1).deliver(10_000);
      DirectoryNodes nodes = DirectoryNodes.NONE;
      nodes = write(test, mails, nodes);
      for (int run = 0; run < 4; run++) {
        long before = storedBytes(test);
        nodes = write(test, mails.rename(20), nodes);
        assertThat(storedBytes(test) - before).isBetween(1L, 64L << 10);
      }
      assertSame(test, nodes.root(), mails.list());
    }
  }

  @Test
  void after_thirty_generations_no_chain_is_too_long_and_all_of_them_can_be_read() {
    try (TestRepository test = TestRepository.create(storage, folder.resolve("a"))) {
      Entries mails = new Entries(2).deliver(1500);
      DirectoryNodes nodes = DirectoryNodes.NONE;
      Map<ChunkId, List<Entry>> generations = new LinkedHashMap<>();
      for (int run = 0; run < 30; run++) {
        nodes = write(test, mails, nodes);
        generations.put(nodes.root(), mails.list());
        mails.rename(3).deliver(2).delete(1);
      }
      assertThat(depths(test)).contains(0, 1, BlockInfo.MAX_DEPTH).allMatch(depth -> depth <= 4);
      generations.forEach((root, entries) -> assertSame(test, root, entries));
      test.sync().publish();
      try (TestRepository other = TestRepository.open(storage, folder.resolve("b"))) {
        IndexSync.Outcome outcome = other.sync().pull();
        assertThat(outcome.damaged()).isEmpty();
        generations.forEach((root, entries) -> assertSame(other, root, entries));
      }
    }
  }

  /**
   * Two hosts that do not know of each other store the same node, one whole and one as a
   * difference. Whichever place an index takes for it, the differences that others made to it must
   * still open.
   */
  @Test
  void a_node_that_another_host_stored_as_a_difference_still_serves_as_a_base() {
    Entries mails = new Entries(3).deliver(300);
    List<Entry> first = mails.list();
    List<Entry> second = mails.rename(2).list();
    List<Entry> third = mails.rename(2).list();
    List<Entry> fourth = mails.rename(2).list();
    List<ChunkId> roots = new ArrayList<>();
    try (TestRepository one = TestRepository.create(storage, folder.resolve("one"));
        TestRepository two = TestRepository.open(storage, folder.resolve("two"))) {
      // The first host comes to the third state by way of two differences.
      DirectoryNodes nodes = DirectoryNodes.NONE;
      for (List<Entry> entries : List.of(first, second, third)) {
        nodes = write(one, entries, nodes);
        roots.add(nodes.root());
      }
      // The second host begins with it, and stores the fourth as a difference to that.
      DirectoryNodes whole = write(two, third, DirectoryNodes.NONE);
      roots.add(write(two, fourth, whole).root());
      one.sync().publish();
      two.sync().publish();
      one.sync().pull();
      two.sync().pull();
      for (TestRepository host : List.of(one, two)) {
        assertAll(host, roots, List.of(first, second, third, fourth));
      }
    }
    for (int i = 0; i < 3; i++) {
      try (TestRepository fresh = TestRepository.open(storage, folder.resolve("fresh" + i))) {
        fresh.sync().pull();
        assertAll(fresh, roots, List.of(first, second, third, fourth));
        // Once more from packs' own tables, whose order is by chance, then in one segment.
        fresh.ids(ObjectKind.INDEX).forEach(this::delete);
        fresh.sync().rebuild();
        assertAll(fresh, roots, List.of(first, second, third, fourth));
        fresh.sync().publish();
      }
    }
  }

  /**
   * Else a node that changed with many others could be read only with all blocks of all of them.
   */
  @Test
  void however_many_directories_change_at_once_a_node_takes_one_block_for_each_step_of_its_chain() {
    try (TestRepository test = TestRepository.create(storage, folder)) {
      List<Entries> directories = new ArrayList<>();
      Map<Entries, DirectoryNodes> nodes = new HashMap<>();
      for (int i = 0; i < 40; i++) {
        directories.add(new Entries(i).deliver(700));
      }
      for (int run = 0; run < 3; run++) {
        try (ChunkWriter writer = test.writer()) {
          for (Entries mails : directories) {
            TreeWriter trees = new TreeWriter(TestRepository.KEYS.hasher(), writer);
            DirectoryNodes before = nodes.getOrDefault(mails, DirectoryNodes.NONE);
            nodes.put(mails, trees.write(mails.list(), before));
            mails.rename(2);
          }
          writer.flush();
        }
        // Others than those of the run before, so that bases are strewn over its blocks.
        Collections.shuffle(directories, new Random(run));
      }
      Map<ChunkId, BlockInfo> places = new HashMap<>();
      blocks(test).forEach(block -> block.chunks().forEach(chunk -> places.put(chunk.id(), block)));
      assertThat(blocks(test).stream().filter(block -> block.depth() == 0).count())
          .isGreaterThan(2);
      assertThat(blocks(test).stream().filter(block -> block.depth() > 0))
          .isNotEmpty()
          .allSatisfy(
              block -> assertThat(block.bases().stream().map(places::get).distinct()).hasSize(1));
    }
  }

  private void delete(ObjectId segment) {
    storage.delete(ObjectNames.of(ObjectKind.INDEX, segment));
  }

  private static void assertAll(
      TestRepository test, List<ChunkId> roots, List<List<Entry>> generations) {
    for (int i = 0; i < roots.size(); i++) {
      assertSame(test, roots.get(i), generations.get(i));
    }
  }

  private static DirectoryNodes write(TestRepository test, Entries mails, DirectoryNodes before) {
    return write(test, mails.list(), before);
  }

  private static DirectoryNodes write(
      TestRepository test, List<Entry> entries, DirectoryNodes before) {
    try (ChunkWriter writer = test.writer()) {
      DirectoryNodes nodes =
          new TreeWriter(TestRepository.KEYS.hasher(), writer).write(entries, before);
      writer.flush();
      return nodes;
    }
  }

  private static void assertSame(TestRepository test, ChunkId root, List<Entry> entries) {
    List<Entry> read = new ArrayList<>();
    try (ChunkReader reader = test.reader()) {
      new TreeReader(reader).entries(root).forEach(read::add);
    }
    assertThat(read).isEqualTo(entries);
  }

  private static List<Integer> depths(TestRepository test) {
    List<Integer> depths = new ArrayList<>();
    for (BlockInfo block : blocks(test)) {
      depths.add(block.depth());
      assertThat(block.codec() == Codec.ZSTD_DELTA).isEqualTo(block.depth() > 0);
    }
    return depths;
  }

  private static List<BlockInfo> blocks(TestRepository test) {
    return test.packs().stream()
        .map(test.repository().packs()::table)
        .flatMap(pack -> pack.blocks().stream())
        .toList();
  }

  private static long storedBytes(TestRepository test) {
    return test.packs().stream()
        .map(test.repository().packs()::table)
        .mapToLong(PackTable::size)
        .sum();
  }
}
