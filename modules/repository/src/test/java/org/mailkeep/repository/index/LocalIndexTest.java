package org.mailkeep.repository.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.content.ChunkRef;
import org.mailkeep.repository.block.BlockInfo;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.repository.block.Codec;
import org.mailkeep.repository.pack.PackFormat;
import org.mailkeep.repository.pack.PackTable;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.testkit.property.Draw;
import org.mailkeep.testkit.property.Property;

final class LocalIndexTest {

  @TempDir private Path folder;

  @Test
  void every_chunk_is_found_where_the_tables_say_also_after_reopening() {
    Property.check(
        8,
        draw -> {
          Path state = folder.resolve(Long.toHexString(draw.random().nextLong()));
          List<PackTable> packs = new ArrayList<>();
          try (StateDatabase database = StateDatabase.open(state)) {
            LocalIndex index = new LocalIndex(database);
            for (int left = draw.between(1, 5); left > 0; left--) {
              packs.add(pack(draw));
              index.add(packs.getLast());
            }
            packs.forEach(pack -> assertFound(index, pack));
          }
          try (StateDatabase database = StateDatabase.open(state)) {
            LocalIndex index = new LocalIndex(database);
            packs.forEach(pack -> assertFound(index, pack));
            assertThat(unpublished(index)).hasSameElementsAs(packs);
            assertThat(index.unpublished(1, 1 << 20)).hasSize(1);
            assertThat(index.unpublished(100, 1)).hasSize(1);
            ObjectId segment = id(draw);
            index.addPublished(segment, packs);
            PackTable other = pack(draw);
            index.add(other);
            packs.forEach(pack -> assertFound(index, pack));
            assertFound(index, other);
            assertThat(unpublished(index)).containsExactly(other);
            assertThat(index.hasSegment(segment)).isTrue();
            index.setWhole();
            assertThat(index.isWhole()).isTrue();
            index.clear();
            assertThat(index.isWhole()).isFalse();
            assertThat(index.segments()).isEmpty();
            assertThat(index.unpublishedIds()).isEmpty();
            assertThat(index.hasPack(other.pack())).isFalse();
            assertThat(index.find(other.blocks().getFirst().chunks().getFirst().id())).isEmpty();
            index.add(other);
            assertFound(index, other);
          }
        });
  }

  private static void assertFound(LocalIndex index, PackTable pack) {
    assertThat(index.hasPack(pack.pack())).isTrue();
    long offset = PackFormat.FIRST_BLOCK;
    for (int i = 0; i < pack.blocks().size(); i++) {
      BlockInfo block = pack.blocks().get(i);
      BlockLocation location =
          new BlockLocation(
              pack.pack(),
              i,
              offset,
              block.storedLength(),
              block.length(),
              block.kind(),
              block.codec(),
              block.depth(),
              block.bases());
      int inBlock = 0;
      for (ChunkRef chunk : block.chunks()) {
        assertThat(index.contains(chunk.id())).isTrue();
        assertThat(index.find(chunk.id()))
            .hasValue(new ChunkLocation(location, inBlock, chunk.length()));
        inBlock += chunk.length();
      }
      offset += block.storedLength();
    }
  }

  private static List<PackTable> unpublished(LocalIndex index) {
    return index.unpublished(100, 1 << 20).stream().map(EncodedTable::decode).toList();
  }

  @Test
  void of_two_places_of_a_node_the_one_with_the_shorter_chain_is_taken_in_any_order() {
    ChunkRef node = new ChunkRef(new ChunkId(1, 2, 3), 10);
    PackTable[] packs = new PackTable[4];
    for (int depth = 0; depth < 4; depth++) {
      packs[depth] =
          new PackTable(
              new ObjectId(9, 9, 9, depth),
              1000,
              List.of(
                  new BlockInfo(
                      BlockKind.NODE,
                      depth == 0 ? Codec.ZSTD : Codec.ZSTD_DELTA,
                      20,
                      depth,
                      depth == 0 ? List.of() : List.of(new ChunkId(7, 7, depth)),
                      List.of(node))));
    }
    int[][] orders = {{0, 1, 2, 3}, {3, 2, 1, 0}, {2, 0, 3, 1}, {1, 3, 0, 2}};
    for (int[] order : orders) {
      try (StateDatabase database = StateDatabase.open(folder.resolve("s" + order[0]))) {
        LocalIndex index = new LocalIndex(database);
        for (int depth : order) {
          index.add(packs[depth]);
        }
        assertThat(index.find(node.id()).orElseThrow().block().depth()).isZero();
        index.clear();
        index.addPublished(
            new ObjectId(1, 1, 1, 1),
            List.of(packs[order[0]], packs[order[1]], packs[order[2]], packs[order[3]]));
        assertThat(index.find(node.id()).orElseThrow().block().depth()).isZero();
      }
    }
  }

  private static PackTable pack(Draw draw) {
    List<BlockInfo> blocks = new ArrayList<>();
    for (int left = draw.between(1, 4); left > 0; left--) {
      List<ChunkRef> chunks = new ArrayList<>();
      for (int more = draw.between(1, 50); more > 0; more--) {
        chunks.add(new ChunkRef(chunkId(draw), 1 + draw.length(100_000)));
      }
      boolean delta = draw.flip();
      blocks.add(
          new BlockInfo(
              delta ? BlockKind.NODE : draw.pick(BlockKind.values()),
              delta ? Codec.ZSTD_DELTA : Codec.ZSTD,
              draw.length(1 << 24),
              delta ? draw.between(1, BlockInfo.MAX_DEPTH) : 0,
              delta ? List.of(chunkId(draw), chunkId(draw)) : List.of(),
              chunks));
    }
    return new PackTable(id(draw), draw.length(1 << 24), blocks);
  }

  private static ChunkId chunkId(Draw draw) {
    return new ChunkId(
        draw.random().nextLong(), draw.random().nextLong(), draw.random().nextLong());
  }

  private static ObjectId id(Draw draw) {
    return new ObjectId(
        draw.random().nextLong(), draw.random().nextLong(), draw.random().nextLong(), 0);
  }
}
