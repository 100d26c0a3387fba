package org.mailkeep.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailkeep.crypto.ChunkHasher;
import org.mailkeep.crypto.FullKeys;
import org.mailkeep.model.ChunkId;
import org.mailkeep.model.FileName;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.tree.Body;
import org.mailkeep.model.tree.Entry;
import org.mailkeep.model.tree.Metadata;
import org.mailkeep.repository.state.StateDatabase;
import org.mailkeep.repository.tree.DirectoryNodes;
import org.mailkeep.repository.tree.DirectoryWriter;
import org.mailkeep.repository.tree.TreeWriter;

/** What is remembered of a large directory, which is noted in many steps. */
class DirectoryMemoryTest {

  /** So many that their nodes are far more than what is written at once. */
  private static final int FILES = 40_000;

  private static final FullKeys KEYS = FullKeys.generate(new SecureRandom());

  @TempDir Path folder;
  private StateDatabase state;
  private final ChunkHasher hasher = KEYS.hasher();
  private final EntrySums sums = EntrySums.of(KEYS.hasher());

  @BeforeEach
  void open() {
    state = StateDatabase.open(folder);
  }

  @AfterEach
  void close() {
    state.close();
  }

  private static List<Scanned> files(int mode, long inodes) {
    List<Scanned> files = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      FileName name = FileName.of("%08d.M1P1.mx.example.com,S=1234:2,S".formatted(i * 7));
      Metadata metadata = new Metadata(mode, 0, 0, i, 0, List.of());
      files.add(new Scanned(new Entry(name, metadata, new Body.Fifo(), 0), inodes + i, i, 3));
    }
    return files;
  }

  private static KnownDirectory.Summary summary(ChunkId root) {
    return new KnownDirectory.Summary(
        false, true, 1, 2, 3, 4, 5, 6, root, FILES, 0, DirectorySignature.NONE);
  }

  private KnownDirectory known() {
    DirectoryMemory memory = new DirectoryMemory(state, new RunLedger(state, 1), "options");
    return memory.load(memory.key(hasher, RawPath.of("/mail/cur")));
  }

  /** Notes them in a run of its own, or all of them but the end. */
  private void note(List<Scanned> files, boolean toTheEnd) {
    RunLedger runs = new RunLedger(state, 1);
    DirectoryMemory memory = new DirectoryMemory(state, runs, "options");
    byte[] key = memory.key(hasher, RawPath.of("/mail/cur"));
    try (DirectoryMemory.Update update = memory.update(key, memory.load(key), sums)) {
      DirectoryWriter writer =
          new TreeWriter(KEYS.hasher(), new DryRun()).begin(DirectoryNodes.NONE, update);
      for (Scanned file : files) {
        update.adding(file);
        writer.add(file.entry());
      }
      ChunkId root = writer.end().root();
      if (toTheEnd) {
        update.finish(summary(root));
        runs.complete();
      }
    }
  }

  private static List<Scanned> entries(KnownDirectory known) {
    return known.leaves().stream()
        .flatMap(leaf -> known.entries(leaf).orElseThrow().stream())
        .toList();
  }

  @Test
  void it_is_there_as_it_was_noted() {
    List<Scanned> files = files(0600, 100);
    note(files, true);
    assertThat(entries(known())).isEqualTo(files);
    List<Scanned> changed = files(0640, 100);
    note(changed, true);
    assertThat(entries(known())).isEqualTo(changed);
    assertThat(known().nodes().nodes()).allMatch(node -> node.bytes().isPresent());
  }

  @Test
  void what_was_known_before_stays_where_a_run_is_cut_off() {
    List<Scanned> files = files(0600, 100);
    note(files, true);
    note(files(0640, 100), false);
    KnownDirectory known = known();
    assertThat(known.isTrusted()).isTrue();
    assertThat(entries(known)).isEqualTo(files);
  }

  @Test
  void where_only_inodes_are_new_some_may_be_known_already() {
    List<Scanned> files = files(0600, 100);
    note(files, true);
    note(files(0600, 5_000_000), false);
    List<Entry> entries = entries(known()).stream().map(Scanned::entry).toList();
    assertThat(entries).isEqualTo(files.stream().map(Scanned::entry).toList());
    assertThat(entries(known())).isNotEqualTo(files);
  }
}
