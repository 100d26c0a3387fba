package org.mailkeep.storage;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.mailkeep.model.error.StorageException;

/**
 * A storage to which no more than so many bytes a second are written, by all threads together.
 * Objects are handed on in small pieces, for a pack that is written at once is a burst whatever the
 * rate is on average. Reading is not limited.
 */
public final class LimitedStorage extends ForwardingStorage {

  /** Pieces are a quarter of a second's bytes, within these bounds. */
  private static final int LEAST_PIECE = 4 << 10;

  private static final int MOST_PIECE = 4 << 20;

  private final Pace pace;
  private final int piece;

  /**
   * @param inner what is written to
   * @param bytesPerSecond the limit, at least 1
   */
  public LimitedStorage(Storage inner, long bytesPerSecond) {
    this(inner, bytesPerSecond, Pace.Clock.SYSTEM);
  }

  LimitedStorage(Storage inner, long bytesPerSecond, Pace.Clock clock) {
    super(inner);
    this.pace = new Pace(bytesPerSecond, clock);
    this.piece = Math.clamp(bytesPerSecond / 4, LEAST_PIECE, MOST_PIECE);
  }

  @Override
  public void put(ObjectName name, ObjectContent content) {
    super.put(name, new PacedContent(name, content));
  }

  /** The content in pieces, each of which comes when its time has come. */
  private final class PacedContent implements ObjectContent {
    private final ObjectName name;
    private final ObjectContent content;

    PacedContent(ObjectName name, ObjectContent content) {
      this.name = name;
      this.content = content;
    }

    @Override
    public long length() {
      return content.length();
    }

    @Override
    public boolean isPaced() {
      return true;
    }

    @Override
    public ObjectContent unpaced() {
      return content;
    }

    @Override
    public Iterator<ByteBuffer> iterator() {
      Iterator<ByteBuffer> slices = content.iterator();
      return new Iterator<>() {
        private ByteBuffer slice = ByteBuffer.allocate(0);

        @Override
        public boolean hasNext() {
          while (!slice.hasRemaining() && slices.hasNext()) {
            slice = slices.next();
          }
          return slice.hasRemaining();
        }

        @Override
        public ByteBuffer next() {
          if (!hasNext()) {
            throw new NoSuchElementException();
          }
          int length = Math.min(slice.remaining(), piece);
          ByteBuffer next = slice.slice(slice.position(), length);
          slice.position(slice.position() + length);
          if (!pace.await(length)) {
            throw new StorageException("Cannot store " + name + ": It was interrupted", "");
          }
          return next;
        }
      };
    }
  }
}
