package org.mailkeep.engine.export;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.mailkeep.model.error.StorageException;
import org.mailkeep.repository.block.Compression;
import org.mailkeep.repository.block.ZstdStreams;

/** Writes an archive of any format to a stream that stays the caller's. */
final class ArchiveOutput {

  private static final int BUFFER = 128 << 10;

  private ArchiveOutput() {}

  /** Fills an archive. */
  interface Filling {
    void fill(ExportSink sink) throws IOException;
  }

  /**
   * Writes one.
   *
   * @throws StorageException where the stream cannot take it
   */
  static void write(
      ExportFormat format,
      OutputStream out,
      FileBytes bytes,
      ExportObserver observer,
      Filling filling) {
    try {
      BufferedOutputStream buffered = new BufferedOutputStream(out, BUFFER);
      switch (format) {
        case TAR -> fill(new TarExport(buffered, bytes, observer), filling);
        case TAR_ZST -> {
          OutputStream packed =
              new BufferedOutputStream(
                  ZstdStreams.compressing(unclosed(buffered), Compression.DEFAULT_LEVEL), BUFFER);
          fill(new TarExport(packed, bytes, observer), filling);
          packed.close();
        }
        case ZIP -> fill(new ZipExport(buffered, bytes, observer), filling);
        case MBOX -> fill(new MboxSink(buffered, bytes), filling);
      }
      buffered.flush();
    } catch (IOException e) {
      throw new StorageException(
          "The archive cannot be written: " + e.getMessage(),
          "Look for room on the disk, or whether the reader of the pipe has ended.",
          e);
    }
  }

  private static void fill(ExportSink opened, Filling filling) throws IOException {
    try (ExportSink sink = opened) {
      filling.fill(sink);
      sink.finish();
    }
  }

  /** Ends a frame of zstd without closing what is below it. */
  private static OutputStream unclosed(OutputStream out) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        out.write(b);
      }

      @Override
      public void write(byte[] buffer, int offset, int length) throws IOException {
        out.write(buffer, offset, length);
      }

      @Override
      public void flush() throws IOException {
        out.flush();
      }
    };
  }
}
