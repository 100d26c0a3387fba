package org.mailkeep.engine.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.mailkeep.model.account.AccountDatabase;
import org.mailkeep.model.error.RefusedException;
import org.mailkeep.repository.block.ZstdStreams;

/** Opens archives by what they begin with, never by their names. */
public final class Archives {

  private static final int BUFFER = 256 << 10;

  /** What xz may take to unpack, in KiB: its strongest level needs 65 MiB. */
  private static final int XZ_MEMORY = 72 << 10;

  private static final byte[] GZIP = {0x1f, (byte) 0x8b};
  private static final byte[] BZIP2 = {'B', 'Z', 'h'};
  private static final byte[] XZ = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0};
  private static final byte[] ZSTD = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};

  private Archives() {}

  /**
   * Reads a tar or cpio archive, plain or compressed with gzip, bzip2, xz or zstd.
   *
   * @param in from its begin; closed with the reader
   * @param name what it is called in messages
   * @param mostBytes how much may come out of it
   * @param host knows the numbers of names in ACLs
   * @throws RefusedException where it is none of these
   */
  public static ArchiveReader open(
      InputStream in, String name, long mostBytes, ArchiveObserver observer, AccountDatabase host) {
    try {
      InputStream plain =
          new BoundedStream(new BufferedInputStream(unpacked(buffered(in)), BUFFER), mostBytes);
      BufferedInputStream ahead = new BufferedInputStream(plain, TarHeader.BLOCK);
      byte[] begin = peek(ahead, TarHeader.BLOCK);
      ArchiveInput input = new ArchiveInput(ahead, name);
      if (isCpio(begin)) {
        return new CpioReader(input, observer);
      }
      TarHeader header = new TarHeader(Arrays.copyOf(begin, TarHeader.BLOCK));
      if (begin.length == TarHeader.BLOCK && (header.isZero() || header.isSound())) {
        return new TarReader(input, observer, host);
      }
      throw none(name, begin.length == 0 ? "it is empty" : "it is neither tar nor cpio");
    } catch (IOException e) {
      throw none(name, "it cannot be read: " + e.getMessage());
    }
  }

  private static RefusedException none(String name, String why) {
    return new RefusedException(
        name + " cannot be imported: " + why,
        "Give a tar or cpio archive, plain or compressed with gzip, bzip2, xz or zstd, or a"
            + " folder.");
  }

  private static BufferedInputStream buffered(InputStream in) {
    return new BufferedInputStream(in, BUFFER);
  }

  private static InputStream unpacked(BufferedInputStream in) throws IOException {
    byte[] begin = peek(in, XZ.length);
    if (begins(begin, GZIP)) {
      return GzipCompressorInputStream.builder()
          .setInputStream(in)
          .setDecompressConcatenated(true)
          .get();
    }
    if (begins(begin, BZIP2)) {
      return new BZip2CompressorInputStream(in, true);
    }
    if (begins(begin, XZ)) {
      return XZCompressorInputStream.builder()
          .setInputStream(in)
          .setDecompressConcatenated(true)
          .setMemoryLimitKiB(XZ_MEMORY)
          .get();
    }
    return begins(begin, ZSTD) ? ZstdStreams.decompressing(in) : in;
  }

  private static byte[] peek(BufferedInputStream in, int length) throws IOException {
    in.mark(length);
    byte[] begin = in.readNBytes(length);
    in.reset();
    return begin;
  }

  private static boolean isCpio(byte[] begin) {
    String magic = new String(begin, 0, Math.min(6, begin.length), StandardCharsets.ISO_8859_1);
    return magic.equals("070701") || magic.equals("070702") || magic.equals("070707");
  }

  private static boolean begins(byte[] bytes, byte[] magic) {
    return bytes.length >= magic.length
        && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
  }

  /** Ends with an error where more comes out than may. */
  private static final class BoundedStream extends java.io.FilterInputStream {
    private long left;

    BoundedStream(InputStream in, long most) {
      super(in);
      left = most;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      int count = read(one, 0, 1);
      return count < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = in.read(target, offset, length);
      left -= Math.max(0, count);
      if (left < 0) {
        throw new IOException("more comes out of it than --max-size allows");
      }
      return count;
    }

    @Override
    public long skip(long length) throws IOException {
      return Math.max(
          0, read(new byte[(int) Math.min(length, 8192)], 0, (int) Math.min(length, 8192)));
    }
  }
}
