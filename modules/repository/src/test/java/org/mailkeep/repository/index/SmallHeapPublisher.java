package org.mailkeep.repository.index;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.content.ChunkRef;
import org.mailkeep.repository.TestRepository;
import org.mailkeep.repository.block.BlockInfo;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.repository.block.Codec;
import org.mailkeep.repository.pack.PackTable;
import org.mailkeep.storage.LocalStorage;

/**
 * A process of its own, with little memory, that publishes packs of small chunks, and reads the
 * segments as another host would.
 */
final class SmallHeapPublisher {

  static final int PACKS = 20;
  static final int CHUNKS = 25_000;

  private SmallHeapPublisher() {}

  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    LocalStorage storage = LocalStorage.create(folder.resolve("repository"));
    SplittableRandom random = new SplittableRandom(5);
    try (TestRepository test = TestRepository.create(storage, folder.resolve("state"))) {
      for (int i = 0; i < PACKS; i++) {
        test.index().add(pack(random));
      }
      test.sync().publishAndVerify();
    }
    IndexSegments segments = new IndexSegments(storage, TestRepository.KEYS);
    long chunks = 0;
    for (ObjectId segment : segments.list()) {
      for (PackTable pack : segments.read(segment)) {
        chunks += pack.blocks().getFirst().chunks().size();
      }
    }
    System.out.println(chunks);
  }

  private static PackTable pack(SplittableRandom random) {
    List<ChunkRef> chunks = new ArrayList<>(CHUNKS);
    for (int i = 0; i < CHUNKS; i++) {
      ChunkId id = new ChunkId(random.nextLong(), random.nextLong(), random.nextLong());
      chunks.add(new ChunkRef(id, 20));
    }
    byte[] pack = new byte[ObjectId.LENGTH];
    random.nextBytes(pack);
    BlockInfo block = new BlockInfo(BlockKind.HEADER, Codec.ZSTD, 100_000, 0, List.of(), chunks);
    return new PackTable(ObjectId.of(pack), 1 << 20, List.of(block));
  }
}
