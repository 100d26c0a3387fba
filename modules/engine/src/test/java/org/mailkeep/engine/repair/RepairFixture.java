package org.mailkeep.engine.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.engine.Cancellation;
import org.mailkeep.engine.RestoreRun;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.engine.TreeImage;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.RawPath;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.index.BlockLocation;
import org.mailkeep.repository.object.ObjectKind;
import org.mailkeep.repository.object.ObjectNames;
import org.mailkeep.repository.pack.PackTable;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.storage.ObjectName;
import org.mailkeep.storage.Storage;
import org.mailkeep.testkit.mail.MailTree;

/**
 * A repository with a snapshot of some mail and two files of noise. The content of one of them,
 * "noise", is alone in a block, in a pack that else has nodes only.
 */
abstract class RepairFixture {

  @TempDir Path temp;
  Path source;
  TestRepository repository;
  Snapshot snapshot;
  final List<String> found = new ArrayList<>();
  final List<String> lost = new ArrayList<>();
  private int restores;

  final RepairObserver observer =
      new RepairObserver() {
        @Override
        public void stage(String what) {}

        @Override
        public void found(String object, String problem) {
          found.add(object + ": " + problem);
        }

        @Override
        public void lost(ObjectId from, RawPath path, String problem) {
          lost.add(from.shortForm() + ":" + path.text());
        }
      };

  @BeforeEach
  void create() throws IOException {
    source = temp.resolve("source");
    MailTree mail = MailTree.create(source, 8, 1, 2);
    Object _ = mail.deliver(20);
    Files.write(source.resolve("sound"), noise(2, 5_000_000));
    repository = new TestRepository(Files.createDirectory(temp.resolve("work")));
    Snapshot first = repository.backup(source).snapshot();
    Files.write(source.resolve("noise"), noise(1, 300_000));
    snapshot = repository.backup(source).snapshot();
    repository.repository().snapshots().delete(first.id());
  }

  @AfterEach
  void close() {
    repository.close();
  }

  static byte[] noise(long seed, int length) {
    byte[] noise = new byte[length];
    new SplittableRandom(seed).nextBytes(noise);
    return noise;
  }

  RepairIndex.Outcome repairIndex() {
    return repairIndex(repository.repository(), false);
  }

  RepairIndex.Outcome repairIndex(Repository through, boolean dryRun) {
    return new RepairIndex(through, observer, new Cancellation()).run(false, dryRun);
  }

  RepairPacks.Outcome repairPacks(Predicate<ObjectId> suspects) {
    return repairPacks(repository.repository(), suspects, false);
  }

  RepairPacks.Outcome repairPacks(
      Repository through, Predicate<ObjectId> suspects, boolean dryRun) {
    return new RepairPacks(through, observer, new Cancellation()).run(suspects, dryRun);
  }

  RepairSnapshots.Outcome repairSnapshots(boolean forget, boolean dryRun) {
    return repairSnapshots(repository.repository(), forget, dryRun);
  }

  RepairSnapshots.Outcome repairSnapshots(Repository through, boolean forget, boolean dryRun) {
    return new RepairSnapshots(
            through, repository.state(), observer, new Cancellation(), "mailkeep test")
        .run(forget, dryRun);
  }

  /** The place of the block with this file's content, which is noise. */
  BlockLocation blockOf(String file) throws IOException {
    byte[] bytes = Files.readAllBytes(source.resolve(file));
    var hasher = repository.repository().keys().hasher();
    for (PackTable pack : tables()) {
      for (BlockLocation block : pack.locations()) {
        for (var chunk : pack.blocks().get(block.number()).chunks()) {
          if (chunk.length() <= bytes.length
              && hasher.id(bytes, 0, chunk.length()).equals(chunk.id())) {
            return block;
          }
        }
      }
    }
    throw new AssertionError("no block has " + file);
  }

  List<PackTable> tables() {
    List<PackTable> tables = new ArrayList<>();
    for (ObjectId segment : repository.repository().segments().list()) {
      tables.addAll(repository.repository().segments().read(segment));
    }
    return tables;
  }

  static ObjectName name(BlockLocation block) {
    return ObjectNames.of(ObjectKind.PACK, block.pack());
  }

  void damage(BlockLocation block) {
    repository.flipBit(name(block), (int) block.offset() + 20);
  }

  /** Restores all of a snapshot's source; what does not come back is not compared. */
  void isExactBut(Snapshot restored, Map<String, String> expected, String... missing)
      throws IOException {
    Path target = temp.resolve("restored" + restores++);
    RestoreRun run = repository.restore(restored).base(source);
    Object _ = run.to(target);
    Map<String, String> image = new TreeMap<>(TreeImage.of(target));
    Map<String, String> wanted = new TreeMap<>(expected);
    // The target itself stands for no entry of the snapshot.
    image.remove(".");
    wanted.remove(".");
    for (String path : missing) {
      assertThat(image).doesNotContainKey(path);
      wanted.remove(path);
    }
    assertThat(image.keySet()).isEqualTo(wanted.keySet());
    image.entrySet().removeAll(wanted.entrySet());
    assertThat(image).isEmpty();
  }

  /** All objects with their bytes. */
  Map<ObjectName, Integer> objects() {
    Map<ObjectName, Integer> objects = new TreeMap<>();
    Storage storage = repository.storage();
    storage.list(
        org.mailkeep.storage.ObjectFolder.ROOT,
        object ->
            objects.put(object.name(), java.util.Arrays.hashCode(storage.get(object.name()))));
    return objects;
  }
}
