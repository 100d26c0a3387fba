package org.mailkeep.benchmarks.micro;

import java.security.MessageDigest;
import java.util.List;
import org.mailkeep.crypto.ChunkHasher;
import org.mailkeep.crypto.KeySet;
import org.mailkeep.engine.content.ChunkSizes;
import org.mailkeep.engine.content.Chunker;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Finding chunks and naming them. */
@State(Scope.Benchmark)
@OperationsPerInvocation(ChunkBenchmark.BYTES)
public class ChunkBenchmark {

  static final int BYTES = 4 << 20;

  private final KeySet keys = MailSample.keys();
  private final ChunkHasher hasher = keys.hasher();
  private final Chunker chunker = new Chunker(keys.gearTable(), ChunkSizes.FINE);
  private final List<byte[]> chunks = MailSample.chunks(_ -> true, BYTES);
  private final byte[] file = MailSample.join(chunks, new byte[BYTES]);
  private final byte[] copies = new byte[BYTES];
  private final MessageDigest digest = JdkCrypto.sha256();

  /** Cuts one large file as UID databases and the like are cut. */
  @Benchmark
  public int cut() {
    int count = 0;
    for (int from = 0; from < file.length; count++) {
      from += chunker.cut(file, from, file.length);
    }
    return count;
  }

  /** Names chunks of the lengths that messages give. */
  @Benchmark
  public void name(Blackhole blackhole) {
    for (byte[] chunk : chunks) {
      blackhole.consume(hasher.id(chunk, 0, chunk.length));
    }
  }

  /** Copies the file. */
  @Benchmark
  public byte[] copy() {
    System.arraycopy(file, 0, copies, 0, file.length);
    return copies;
  }

  /** The hash of the file. */
  @Benchmark
  public byte[] sha256() {
    return digest.digest(file);
  }
}
