package org.mailkeep.storage.s3;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.mailkeep.storage.ObjectContent;

/** Content as the HTTP client reads it; notes that it goes on, and keeps what went wrong. */
final class ContentStream extends InputStream {

  private final Iterator<ByteBuffer> slices;
  private final Stall stall;
  private final AtomicReference<RuntimeException> failure;
  private ByteBuffer slice = ByteBuffer.allocate(0);

  ContentStream(ObjectContent content, Stall stall, AtomicReference<RuntimeException> failure) {
    this.slices = content.iterator();
    this.stall = stall;
    this.failure = failure;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    stall.progress();
    @Nullable ByteBuffer next = next();
    if (next == null) {
      return -1;
    }
    int count = Math.min(length, next.remaining());
    next.get(into, offset, count);
    return count;
  }

  private @Nullable ByteBuffer next() throws IOException {
    try {
      while (!slice.hasRemaining()) {
        if (!slices.hasNext()) {
          return null;
        }
        slice = slices.next();
      }
      return slice;
    } catch (RuntimeException e) {
      failure.set(e);
      throw new IOException(e);
    }
  }
}
