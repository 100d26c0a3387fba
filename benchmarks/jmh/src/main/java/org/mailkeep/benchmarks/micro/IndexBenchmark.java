package org.mailkeep.benchmarks.micro;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.mailkeep.model.ChunkId;
import org.mailkeep.repository.index.ChunkLocation;
import org.mailkeep.repository.index.LocalIndex;
import org.mailkeep.repository.state.StateDatabase;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Look-ups of single chunks, in no order, among a million. */
@State(Scope.Benchmark)
public class IndexBenchmark {

  private final MillionChunks chunks = new MillionChunks();
  private final StateDatabase state = StateDatabase.open(chunks.folder());
  private final LocalIndex index = new LocalIndex(state);
  private final List<ChunkId> present = MillionChunks.present();
  private final List<ChunkId> absent = MillionChunks.absent();
  private int next;

  /** What a backup asks for a chunk that is new. */
  @Benchmark
  public boolean containsAbsent() {
    return index.contains(from(absent));
  }

  /** What a backup asks for a chunk that is known. */
  @Benchmark
  public boolean containsPresent() {
    return index.contains(from(present));
  }

  /** What a restore asks. */
  @Benchmark
  public Optional<ChunkLocation> find() {
    return index.find(from(present));
  }

  private ChunkId from(List<ChunkId> ids) {
    return ids.get(next++ & (MillionChunks.ASKED - 1));
  }

  /** Deletes the index. */
  @TearDown
  public void close() throws IOException {
    state.close();
    chunks.close();
  }
}
