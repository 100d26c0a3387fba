package org.mailkeep.benchmarks.micro;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import org.mailkeep.repository.block.BlockKind;
import org.mailkeep.repository.block.Compression;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A block of the texts of messages, compressed and decompressed. */
@State(Scope.Benchmark)
@OperationsPerInvocation(BlockBenchmark.BYTES)
public class BlockBenchmark {

  /** The target size of {@link BlockKind#TEXT}. */
  static final int BYTES = 1 << 20;

  private static final byte[] NO_BASE = {};

  private final byte[] plain =
      MailSample.join(MailSample.chunks(kind -> kind == BlockKind.TEXT, BYTES), new byte[BYTES]);
  private final Compression compression = new Compression(Compression.DEFAULT_LEVEL);
  private final Compression.Compressed compressed = compression.compress(plain, BYTES);
  private final ZstdCompressCtx compressor =
      new ZstdCompressCtx().setLevel(Compression.DEFAULT_LEVEL);
  private final ZstdDecompressCtx decompressor = new ZstdDecompressCtx();
  private final byte[] out = new byte[(int) Zstd.compressBound(BYTES)];

  /** As a backup does. */
  @Benchmark
  public Compression.Compressed compress() {
    return compression.compress(plain, BYTES);
  }

  /** As a restore does. */
  @Benchmark
  public byte[] decompress() {
    return compression.decompress(compressed.codec(), compressed.bytes(), BYTES, NO_BASE);
  }

  /** zstd into memory that is there. */
  @Benchmark
  public int zstd() {
    return compressor.compressByteArray(out, 0, out.length, plain, 0, BYTES);
  }

  /** zstd into memory that is there. */
  @Benchmark
  public int unzstd() {
    byte[] bytes = compressed.bytes();
    return decompressor.decompressByteArray(out, 0, BYTES, bytes, 0, bytes.length);
  }

  /** Frees zstd's memory. */
  @TearDown
  public void close() {
    compression.close();
    compressor.close();
    decompressor.close();
  }
}
