package org.mailkeep.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.junit.jupiter.params.provider.MethodSource;

class CompressedArchiveFuzzTest {

  /** Packs what is written to it. */
  private interface Packer {
    OutputStream into(ByteArrayOutputStream out) throws IOException;
  }

  static Stream<byte[]> archives() {
    byte[] tar = TarFuzzTest.archives().findFirst().orElseThrow();
    return Stream.of(
        packed(tar, GzipCompressorOutputStream::new),
        packed(tar, BZip2CompressorOutputStream::new),
        packed(tar, XZCompressorOutputStream::new),
        Zstd.compress(tar),
        packed(new byte[100_000], GzipCompressorOutputStream::new));
  }

  private static byte[] packed(byte[] bytes, Packer packer) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream packing = packer.into(out)) {
      packing.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  @MethodSource("archives")
  @FuzzTest(maxDuration = Decoding.TIME)
  void any_packed_bytes_are_an_archive_or_refused(byte[] bytes) {
    ArchiveReading.readOrRefuse(bytes);
  }
}
