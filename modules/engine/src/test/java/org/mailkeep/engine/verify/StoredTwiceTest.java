package org.mailkeep.engine.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.engine.TestRepository;
import org.mailkeep.engine.browse.SnapshotTree;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.model.ObjectId;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.tree.Body;
import org.mailkeep.repository.Repository;
import org.mailkeep.repository.index.LocalIndex;
import org.mailkeep.repository.pack.ChunkReader;
import org.mailkeep.repository.snapshot.Snapshot;
import org.mailkeep.repository.tree.TreeReader;
import org.mailkeep.storage.BadSectors;
import org.mailkeep.storage.ObjectName;

/**
 * Where content is stored twice, because a prune condemned the first place, one of them will do.
 */
class StoredTwiceTest {

  @TempDir private Path temp;
  private Path source;
  private TestRepository repository;
  private final byte[] noise = new byte[200_000];
  private Snapshot snapshot;
  private ObjectName first;
  private ObjectName second;

  @BeforeEach
  void store_everything_twice() throws IOException {
    source = Files.createDirectory(temp.resolve("source"));
    new SplittableRandom(5).nextBytes(noise);
    Files.write(source.resolve("noise"), noise);
    repository = new TestRepository(Files.createDirectory(temp.resolve("work")));
    snapshot = repository.backup(source).snapshot();
    first = repository.objects("packs").getFirst();
    Object _ =
        repository
            .repository()
            .condemned()
            .write(
                Instant.now(),
                Duration.ofDays(1),
                List.of(ObjectId.parse(first.id()).orElseThrow()));
    repository.loseState();
    Object _ = repository.backup(source).run();
    List<ObjectName> packs = new ArrayList<>(repository.objects("packs"));
    packs.remove(first);
    second = packs.getFirst();
  }

  @AfterEach
  void close() {
    repository.close();
  }

  private byte[] read() {
    return read(repository.repository());
  }

  private byte[] read(Repository through) {
    List<byte[]> found = new ArrayList<>();
    LocalIndex index = through.index(repository.state());
    Object _ = through.sync(index).pull();
    try (ChunkReader reader = through.reader(index, 1 << 20)) {
      SnapshotTree tree = new SnapshotTree(snapshot, new TreeReader(reader));
      ContentReader content = new ContentReader(reader);
      tree.walk(
          tree.require(RawPath.of(source.toString())),
          each -> {
            if (each.entry().body() instanceof Body.RegularFile file) {
              found.add(content.bytes(file.recipe(), noise.length));
            }
            return true;
          });
    }
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  @Test
  void damage_in_one_place_is_read_from_the_other() {
    for (ObjectName damaged : List.of(first, second)) {
      byte[] whole = repository.storage().get(damaged);
      for (int position = whole.length - 1; position > 0; position -= 9_973) {
        repository.flipBit(damaged, position);
        assertThat(read()).as("%s at %s", damaged, position).isEqualTo(noise);
        repository.storage().overwrite(damaged, whole);
      }
    }
  }

  @Test
  void damage_in_one_place_loses_no_file() {
    for (ObjectName damaged : List.of(first, second)) {
      byte[] whole = repository.storage().get(damaged);
      repository.storage().overwrite(damaged, new byte[whole.length]);
      List<CheckReport.Damage> damage = repository.check(true).damage();
      assertThat(damage).isNotEmpty();
      assertThat(damage).allMatch(one -> one.object().equals(damaged.toString()));
      assertThat(damage).allMatch(one -> one.affectedFiles() == 0);
      repository.storage().overwrite(damaged, whole);
    }
  }

  @Test
  void a_bad_sector_in_one_place_is_read_from_the_other() {
    for (ObjectName damaged : List.of(first, second)) {
      BadSectors disk = new BadSectors(repository.storage());
      disk.lose(damaged, 5);
      assertThat(read(repository.through(disk))).as("%s", damaged).isEqualTo(noise);
    }
  }

  @Test
  void damage_in_both_places_is_told_and_never_given_out() {
    for (ObjectName damaged : List.of(first, second)) {
      repository.storage().overwrite(damaged, new byte[repository.storage().get(damaged).length]);
    }
    assertThatThrownBy(this::read)
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining("packs/");
  }
}
