package org.mailkeep.engine.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.mailkeep.engine.content.ContentReader;
import org.mailkeep.model.RawPath;
import org.mailkeep.model.error.DamagedException;
import org.mailkeep.model.error.UnreadableException;
import org.mailkeep.model.tree.Body;

/**
 * The bytes of files in their order. A file up to {@link #SMALL} is read to its end before the
 * first byte is given, so that a damaged one can still be left out.
 */
final class FileBytes {

  /** What is read before anything is written, in bytes. */
  private static final int SMALL = 4 << 20;

  private static final byte[] ZEROS = new byte[64 << 10];

  private final ContentReader reader;
  private final ExportObserver observer;

  FileBytes(ContentReader reader, ExportObserver observer) {
    this.reader = reader;
    this.observer = observer;
  }

  /** Takes bytes. */
  interface Sink {
    void bytes(byte[] buffer, int offset, int length) throws IOException;
  }

  /** Begins a member. */
  interface Begin {
    void begin() throws IOException;
  }

  /**
   * Gives a file's bytes, after what begins it; false where the file is left out.
   *
   * @throws UnreadableException where it broke off amid its content
   */
  boolean write(RawPath path, Body.RegularFile file, Begin begin, Sink sink) throws IOException {
    if (file.size() > SMALL) {
      begin.begin();
      stream(file, sink);
      return true;
    }
    Optional<byte[]> bytes = small(path, file);
    if (bytes.isPresent()) {
      begin.begin();
      sink.bytes(bytes.get(), 0, bytes.get().length);
    }
    return bytes.isPresent();
  }

  private Optional<byte[]> small(RawPath path, Body.RegularFile file) {
    try {
      byte[] bytes = reader.bytes(file.recipe(), (int) file.size());
      if (bytes.length == file.size()) {
        return Optional.of(bytes);
      }
      observer.problem(path, "left out: it has another length than the snapshot says");
    } catch (UnreadableException e) {
      observer.problem(path, "left out: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      observer.problem(path, "left out: it is longer than the snapshot says");
    }
    return Optional.empty();
  }

  private void stream(Body.RegularFile file, Sink sink) throws IOException {
    long[] count = {0};
    try {
      reader.write(
          file.recipe(),
          new ContentReader.Target() {
            @Override
            public void bytes(byte[] buffer, int offset, int length) {
              count[0] += length;
              give(sink, buffer, offset, length);
            }

            @Override
            public void hole(long length) {
              for (long left = length; left > 0; left -= ZEROS.length) {
                bytes(ZEROS, 0, (int) Math.min(left, ZEROS.length));
              }
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause() == null ? new IOException(e) : e.getCause();
    }
    if (count[0] != file.size()) {
      throw new DamagedException("a file", "it has another length than the snapshot says");
    }
  }

  private static void give(Sink sink, byte[] buffer, int offset, int length) {
    try {
      sink.bytes(buffer, offset, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
