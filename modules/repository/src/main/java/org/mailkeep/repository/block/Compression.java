package org.mailkeep.repository.block;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.util.Arrays;
import org.mailkeep.model.encoding.MalformedException;

/**
 * Compresses and decompresses blocks. One per thread: it keeps zstd's working memory between calls.
 */
public final class Compression implements AutoCloseable {

  /** zstd's default level: measured against 1 to 9 in benchmarks/README.md. */
  public static final int DEFAULT_LEVEL = 3;

  /**
   * Differences are compressed at this level at least: below it zstd's tables are too small for the
   * base, so that most of what is the same is not found, and nothing becomes faster.
   */
  private static final int LEAST_DELTA_LEVEL = 3;

  /** Compressed data must be smaller than 31/32 of the plaintext, or the plaintext is kept. */
  private static final int WORTHWHILE = 32;

  private final int level;
  private byte[] room = new byte[0];
  private final ZstdCompressCtx compressor = new ZstdCompressCtx();
  private final ZstdDecompressCtx decompressor = new ZstdDecompressCtx();

  /**
   * @param level zstd's level, 1 to 22
   */
  public Compression(int level) {
    this.level = level;
  }

  /**
   * What a block's plaintext became.
   *
   * @param codec {@link Codec#RAW} where nothing was gained
   * @param bytes the bytes to be sealed
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
  public record Compressed(Codec codec, byte[] bytes) {}

  /** Compresses {@code plain[0..length)}. */
  public Compressed compress(byte[] plain, int length) {
    compressor.reset();
    compressor.setLevel(level);
    byte[] out = roomFor(length);
    int size = compressor.compressByteArray(out, 0, out.length, plain, 0, length);
    if (size > length - length / WORTHWHILE) {
      return new Compressed(Codec.RAW, Arrays.copyOf(plain, length));
    }
    return new Compressed(Codec.ZSTD, Arrays.copyOf(out, size));
  }

  /** An array for what these many bytes may become, used again and again. */
  private byte[] roomFor(int length) {
    int bound = (int) Zstd.compressBound(length);
    if (room.length < bound) {
      room = new byte[bound];
    }
    return room;
  }

  /** Compresses {@code plain[0..length)} as a difference to {@code base}. */
  public Compressed compressDelta(byte[] plain, int length, byte[] base) {
    compressor.reset();
    compressor.setLevel(Math.max(level, LEAST_DELTA_LEVEL));
    compressor.setWindowLog(windowLog(base.length + length));
    compressor.loadDict(base);
    byte[] out = roomFor(length);
    int size = compressor.compressByteArray(out, 0, out.length, plain, 0, length);
    compressor.reset();
    return new Compressed(Codec.ZSTD_DELTA, Arrays.copyOf(out, size));
  }

  /**
   * The plaintext of a block.
   *
   * @param length what it must be
   * @param base the joined base chunks of a delta, else empty
   * @throws MalformedException where the bytes do not decompress to that length
   */
  public byte[] decompress(Codec codec, byte[] bytes, int length, byte[] base) {
    if (codec == Codec.RAW) {
      if (bytes.length != length) {
        throw new MalformedException("a block has the wrong length");
      }
      return bytes;
    }
    byte[] plain = new byte[length];
    try {
      decompressor.reset();
      if (codec == Codec.ZSTD_DELTA) {
        decompressor.loadDict(base);
      }
      int size = decompressor.decompressByteArray(plain, 0, length, bytes, 0, bytes.length);
      if (size == length) {
        return plain;
      }
    } catch (ZstdException e) {
      throw new MalformedException("a block does not decompress: " + e.getMessage());
    }
    throw new MalformedException("a block has the wrong length");
  }

  private static int windowLog(int size) {
    return Math.clamp(32 - Integer.numberOfLeadingZeros(size), 17, 26);
  }

  @Override
  public void close() {
    compressor.close();
    decompressor.close();
  }
}
